package dev.skyhedge.cli.view.simulation;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.ComparisonCells;
import dev.skyhedge.engine.simulate.Policies;
import java.util.ArrayList;
import java.util.List;

/// Policies side by side, for people.
public final class ComparisonText {
    private ComparisonText() {}

    /// A table of the policies and, if there are several windows, one of the windows.
    public static String render(Comparison comparison, Display display) {
        var text = new StringBuilder();
        int windows = comparison.windows().size();
        text.append("service.")
                .append(comparison.service())
                .append(" on ")
                .append(comparison.market().name())
                .append(", ")
                .append(comparison.market().seriesInWords())
                .append(": ")
                .append(windows == 1 ? "1 window" : windows + " windows, mean ± standard deviation")
                .append("\n\n");
        policies(comparison, display, text);
        text.append('\n')
                .append(display.wrapLines("Shares in % of time; full = all "
                        + comparison.protocol().target()
                        + " ready, capacity = mean share ready, outage = none ready. Cost in % of on-demand\n"
                        + "throughout. Gap closed = of what " + Policies.REFERENCE
                        + " costs above the bound; in brackets if less available by any of the three."))
                .append("\n\n");
        windows(comparison, display, text);
        return text.toString();
    }

    private static void policies(Comparison comparison, Display display, StringBuilder text) {
        var table = new Table(display, "  ", "lrrrrrrrrl");
        table.header(
                "policy",
                "full",
                "capacity",
                "outage",
                "cost",
                "preempted",
                "launched",
                "refused",
                "on-demand",
                "gap closed");
        for (Comparison.PolicyRuns policy : comparison.policies()) {
            table.add(ComparisonCells.summary(comparison, policy).toArray(String[]::new));
        }
        comparison
                .meanBound()
                .ifPresent(bound -> table.add(
                        Ink.FAINT, "bound", "100", "100", "0", ComparisonCells.percent(bound), "", "", "", "", ""));
        table.appendTo(text);
    }

    private static void windows(Comparison comparison, Display display, StringBuilder text) {
        int columns = comparison.policies().size() + 3;
        var table = new Table(display, "  ", "r".repeat(columns - 1) + "l");
        List<String> header = new ArrayList<>(List.of("offset", "bound"));
        comparison.policies().forEach(policy -> header.add(policy.name()));
        header.add("");
        table.header(header.toArray(String[]::new));
        for (int i = 0; i < comparison.windows().size(); i++) {
            List<String> cells = new ArrayList<>();
            cells.add(Long.toString(comparison.windows().get(i).offset()));
            cells.add(comparison
                    .bounds()
                    .get(i)
                    .map(bound -> ComparisonCells.percent(bound.costShare()))
                    .orElse("-"));
            for (Comparison.PolicyRuns policy : comparison.policies()) {
                cells.add(ComparisonCells.window(comparison, policy, i));
            }
            cells.add("");
            table.add(cells.toArray(String[]::new));
        }
        table.appendTo(text);
    }
}
