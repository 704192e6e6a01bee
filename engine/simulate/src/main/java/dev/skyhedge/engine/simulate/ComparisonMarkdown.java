package dev.skyhedge.engine.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A comparison as a page of Markdown.
public final class ComparisonMarkdown {
    private ComparisonMarkdown() {}

    /// The page.
    public static String text(Comparison comparison) {
        var text = new StringBuilder();
        text.append("# Simulation of ").append(comparison.service()).append("\n\n");
        provenance(comparison, text);
        text.append("\n## Policies\n\nMean ± standard deviation over ")
                .append(comparison.windows().size())
                .append(" windows, in %. Cost is of on-demand throughout.\n\n");
        policies(comparison, text);
        text.append("\n## Windows\n\nAvailability / cost in %, and how much of the gap between ")
                .append(Policies.REFERENCE)
                .append(" and the bound was closed; in brackets if the policy was less available by any measure.\n\n");
        windows(comparison, text);
        return text.toString();
    }

    private static void provenance(Comparison comparison, StringBuilder text) {
        PaperProtocol protocol = comparison.protocol();
        text.append("* market: ").append(comparison.market().name());
        text.append(", ").append(comparison.market().seriesInWords());
        comparison
                .market()
                .gap()
                .ifPresent(gap ->
                        text.append(", samples of ").append(gap.toSeconds()).append(" s"));
        text.append("\n* protocol: paper, ").append(protocol.ticks()).append(" ticks of ");
        text.append(protocol.tick().toSeconds()).append(" s, target ").append(protocol.target());
        text.append(", cold start ").append(protocol.coldStartTicks()).append(" ticks, on-demand at ");
        text.append(protocol.onDemandPrice() / protocol.spotPrice()).append(" times spot\n");
        text.append("* seed: ").append(comparison.seed()).append("\n");
        List<String> methods = comparison.bounds().stream()
                .map(bound -> bound.map(found -> found.method() + (found.isIntegral() ? "" : ", not in whole replicas"))
                        .orElse("not found in time"))
                .distinct()
                .toList();
        text.append("* bound: ")
                .append(String.join("; ", methods).toLowerCase(Locale.ROOT).replace('_', ' '))
                .append("\n");
    }

    private static void policies(Comparison comparison, StringBuilder text) {
        row(
                text,
                List.of(
                        "policy",
                        "full",
                        "capacity",
                        "outage",
                        "cost",
                        "preempted",
                        "launches",
                        "refused",
                        "on-demand",
                        "gap closed"));
        row(text, List.of("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"));
        for (Comparison.PolicyRuns policy : comparison.policies()) {
            row(text, ComparisonCells.summary(comparison, policy));
        }
        comparison
                .meanBound()
                .ifPresent(bound -> row(
                        text,
                        List.of(
                                "*bound*",
                                "100.00",
                                "100.00",
                                "0.00",
                                ComparisonCells.percent(bound),
                                "",
                                "",
                                "",
                                "",
                                "")));
    }

    private static void windows(Comparison comparison, StringBuilder text) {
        List<String> names = new ArrayList<>(List.of("offset", "bound"));
        comparison.policies().forEach(policy -> names.add(policy.name()));
        row(text, names);
        row(text, names.stream().map(_ -> "---:").toList());
        for (int i = 0; i < comparison.windows().size(); i++) {
            List<String> cells = new ArrayList<>();
            cells.add(Long.toString(comparison.windows().get(i).offset()));
            Optional<Bound> bound = comparison.bounds().get(i);
            cells.add(bound.map(found -> ComparisonCells.percent(found.costShare()))
                    .orElse("-"));
            for (Comparison.PolicyRuns policy : comparison.policies()) {
                cells.add(ComparisonCells.window(comparison, policy, i));
            }
            row(text, cells);
        }
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
