package dev.skyhedge.cli.report;

import dev.skyhedge.engine.simulate.Bound;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.Comparison.PolicyRuns;
import dev.skyhedge.engine.simulate.ComparisonCells;
import dev.skyhedge.engine.simulate.Figure;
import dev.skyhedge.engine.simulate.PaperProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// The page's words and tables.
final class ReportTables {
    private static final String OURS = "skyhedge";

    private final Comparison comparison;

    /// A column of the table of policies.
    ///
    /// @param scale of the figure as it is shown
    /// @param sign 1 if more is better, -1 if less is, 0 if neither
    private record Column(String name, Figure figure, int scale, int decimals, int sign) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("all ready %", Figure.FULL, 100, 2, 1),
            new Column("capacity %", Figure.CAPACITY, 100, 2, 1),
            new Column("outage %", Figure.OUTAGE, 100, 2, -1),
            new Column("cost %", Figure.COST_SHARE, 100, 2, -1),
            new Column("preemptions", Figure.PREEMPTIONS, 1, 1, 0),
            new Column("launches", Figure.LAUNCHES, 1, 1, 0),
            new Column("refused", Figure.FAILED_LAUNCHES, 1, 1, 0),
            new Column("on-demand %", Figure.ON_DEMAND_SHARE, 100, 1, 0));

    ReportTables(Comparison comparison) {
        this.comparison = comparison;
    }

    String title() {
        return comparison.service() + " on the market " + comparison.market().name() + ", "
                + comparison.windows().size() + (comparison.windows().size() == 1 ? " window" : " windows");
    }

    /// What the page is about in one line: our own policy if it took part, else the first one.
    String headline() {
        PolicyRuns policy = comparison.policies().stream()
                .filter(runs -> runs.name().equals(OURS))
                .findFirst()
                .orElse(comparison.policies().getFirst());
        return String.format(
                Locale.ROOT,
                "%s: all replicas ready %.2f %% of the time, at %.1f %% of the on-demand price",
                policy.name(),
                100 * interval(policy, Figure.FULL).mean(),
                100 * interval(policy, Figure.COST_SHARE).mean());
    }

    String policies() {
        List<String> names = new ArrayList<>(List.of("policy"));
        COLUMNS.forEach(column -> names.add(column.name()));
        names.add("gap closed");
        var table = new StringBuilder("<table>\n").append(Html.head(names));
        for (PolicyRuns policy : comparison.policies()) {
            table.append(policy.name().equals(OURS) ? "<tr class=\"ours\">" : "<tr>")
                    .append("<td>")
                    .append(Html.escaped(policy.name()))
                    .append("</td>");
            COLUMNS.forEach(column -> table.append(cell(policy, column)));
            table.append("<td>")
                    .append(Html.escaped(
                            ComparisonCells.summary(comparison, policy).getLast()))
                    .append("</td></tr>\n");
        }
        OptionalDouble bound = comparison.meanBound();
        if (bound.isPresent()) {
            table.append("<tr><td>bound</td><td>100.00</td><td>100.00</td><td>0.00</td><td>")
                    .append(ComparisonCells.percent(bound.getAsDouble()))
                    .append("</td><td></td><td></td><td></td><td></td><td></td></tr>\n");
        }
        return table.append("</table>").toString();
    }

    private String cell(PolicyRuns policy, Column column) {
        ConfidenceInterval interval = interval(policy, column.figure());
        String format = "%." + column.decimals() + "f";
        String mean = String.format(Locale.ROOT, format, column.scale() * interval.mean());
        String spread = comparison.windows().size() < 2
                ? ""
                : " <span class=\"spread\">±"
                        + String.format(Locale.ROOT, format, column.scale() * interval.halfWidth()) + "</span>";
        return (isBest(policy, column) ? "<td class=\"best\">" : "<td>") + mean + spread + "</td>";
    }

    private boolean isBest(PolicyRuns policy, Column column) {
        double own = column.sign() * interval(policy, column.figure()).mean();
        return column.sign() != 0
                && comparison.policies().stream()
                        .allMatch(other ->
                                column.sign() * interval(other, column.figure()).mean() <= own);
    }

    private static ConfidenceInterval interval(PolicyRuns policy, Figure figure) {
        return ConfidenceInterval.of(
                policy.runs().stream().map(run -> figure.of(run.outcome())).toList());
    }

    String windows() {
        List<String> names = new ArrayList<>(List.of("from tick", "bound"));
        comparison.policies().forEach(policy -> names.add(policy.name()));
        var table = new StringBuilder("<table>\n").append(Html.head(names));
        for (int i = 0; i < comparison.windows().size(); i++) {
            table.append("<tr><td>")
                    .append(comparison.windows().get(i).offset())
                    .append("</td><td>")
                    .append(comparison
                            .bounds()
                            .get(i)
                            .map(bound -> ComparisonCells.percent(bound.costShare()))
                            .orElse("-"))
                    .append("</td>");
            for (PolicyRuns policy : comparison.policies()) {
                table.append("<td>")
                        .append(Html.escaped(ComparisonCells.window(comparison, policy, i)))
                        .append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</table>").toString();
    }

    String provenance() {
        PaperProtocol protocol = comparison.protocol();
        var list = new StringBuilder();
        entry(list, "Service", comparison.service());
        entry(
                list,
                "Market",
                comparison.market().name()
                        + comparison
                                .market()
                                .gap()
                                .map(gap -> ", sampled every " + gap.toSeconds() + " s")
                                .orElse(""));
        entry(
                list,
                "Protocol",
                "paper: " + protocol.ticks() + " ticks of " + protocol.tick().toSeconds() + " s, " + protocol.target()
                        + " replicas wanted, ready after " + protocol.coldStartTicks() + " ticks, on-demand at "
                        + protocol.onDemandPrice() / protocol.spotPrice() + " times the price of spot");
        entry(
                list,
                "Windows",
                comparison.windows().stream()
                        .map(window -> Long.toString(window.offset()))
                        .collect(Collectors.joining(", ", "from ticks ", "")));
        entry(list, "Seed", Long.toString(comparison.seed()));
        entry(list, "Bound", bounds());
        return list.toString();
    }

    private String bounds() {
        return comparison.bounds().stream().map(ReportTables::method).distinct().collect(Collectors.joining("; "));
    }

    private static String method(Optional<Bound> bound) {
        return bound.map(found -> found.method().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (found.isIntegral() ? ", in whole replicas" : ", not in whole replicas"))
                .orElse("not found in time");
    }

    private static void entry(StringBuilder list, String name, String text) {
        list.append("<dt>")
                .append(Html.escaped(name))
                .append("</dt><dd>")
                .append(Html.escaped(text))
                .append("</dd>\n");
    }
}
