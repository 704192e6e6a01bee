package dev.skyhedge.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The page's words and tables.
final class ReportTables {
    private final Showing showing;

    ReportTables(Showing showing) {
        this.showing = showing;
    }

    /// What was compared, where and how often: what came of it is for the tables to say.
    String title() {
        int windows = showing.windows().size();
        int policies = showing.policies().size();
        return showing.service() + " on the market " + showing.market() + ": "
                + (policies == 1 ? "one policy" : policies + " policies") + " in " + windows
                + (windows == 1 ? " window" : " windows");
    }

    /// Whose figures are shown large: our own policy's if it took part, else the first one's.
    String subjectName() {
        return subject().name();
    }

    private Showing.Policy subject() {
        return showing.policies().stream()
                .filter(Showing.Policy::isOurs)
                .findFirst()
                .orElse(showing.policies().getFirst());
    }

    private static double mean(List<Double> values) {
        return ConfidenceInterval.of(values).mean();
    }

    /// Its figures, each with what it is to be read beside: the reference, and the bound.
    String figures() {
        Showing.Policy policy = subject();
        Optional<Showing.Policy> other = showing.policies().stream()
                .filter(one -> one.name().equals(showing.reference()) && one != policy)
                .findFirst();
        var figures = new StringBuilder();
        figure(
                figures,
                percent(policy.full(), 2),
                "all wanted replicas ready" + beside(other.map(Showing.Policy::full), 2));
        figure(figures, percent(policy.outage(), 3), "none ready" + beside(other.map(Showing.Policy::outage), 3));
        figure(
                figures,
                percent(policy.cost(), 1),
                "of the on-demand price" + beside(other.map(Showing.Policy::cost), 1)
                        + showing.meanBound()
                                .map(bound ->
                                        String.format(Locale.ROOT, "; %.1f %% is the least possible", 100 * bound))
                                .orElse(""));
        policy.latency()
                .ifPresent(latency -> figure(
                        figures,
                        String.format(Locale.ROOT, "%s%.1f s", latency.isP99AtLeast() ? "≥ " : "", latency.p99()),
                        String.format(
                                Locale.ROOT, "P99 of latency; P50 %.1f s, P90 %.1f s", latency.p50(), latency.p90())));
        return figures.toString();
    }

    private String beside(Optional<List<Double>> other, int decimals) {
        return other.map(shares -> "; " + showing.reference() + " " + percent(shares, decimals))
                .orElse("");
    }

    private static void figure(StringBuilder figures, String value, String meaning) {
        figures.append("<div><b>")
                .append(Html.escaped(value))
                .append("</b><span>")
                .append(Html.escaped(meaning))
                .append("</span></div>\n");
    }

    private static String percent(List<Double> shares, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f %%", 100 * mean(shares));
    }

    /// How the figures of several windows are to be read.
    String intervals() {
        return showing.windows().size() < 2
                ? "One window, so there is no interval."
                : "Mean over the windows ± half of the 95 % confidence interval of the mean.";
    }

    String replicas() {
        return table(showing.replicaColumns());
    }

    String requests() {
        return showing.requestColumns().isEmpty() ? "" : table(showing.requestColumns());
    }

    private String table(List<Showing.Column> columns) {
        var table = new StringBuilder("<table>\n<thead><tr><th scope=\"col\">policy</th>");
        for (Showing.Column column : columns) {
            table.append("<th scope=\"col\" title=\"")
                    .append(Html.escaped(column.meaning()))
                    .append("\">")
                    .append(Html.escaped(column.name()))
                    .append("</th>");
        }
        table.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < showing.policies().size(); i++) {
            int policy = i;
            Showing.Policy row = showing.policies().get(i);
            table.append(row.isOurs() ? "<tr class=\"ours\">" : "<tr>")
                    .append("<th scope=\"row\">")
                    .append(Html.escaped(row.name()))
                    .append("</th>");
            columns.forEach(column -> table.append(cell(column, policy)));
            table.append("</tr>\n");
        }
        if (columns.stream().anyMatch(column -> column.bound().isPresent())) {
            table.append("<tr class=\"bound\"><th scope=\"row\">bound</th>");
            columns.forEach(column ->
                    table.append("<td>").append(column.bound().orElse("")).append("</td>"));
            table.append("</tr>\n");
        }
        return table.append("</tbody></table>").toString();
    }

    private String cell(Showing.Column column, int policy) {
        ConfidenceInterval interval = ConfidenceInterval.of(column.values().get(policy));
        String format = "%." + column.decimals() + "f";
        String mean = column.mean(policy);
        String spread = showing.windows().size() < 2
                ? ""
                : " <span class=\"spread\">±" + String.format(Locale.ROOT, format, interval.halfWidth()) + "</span>";
        return (isBest(column, policy) ? "<td class=\"best\">" : "<td>") + mean + spread + "</td>";
    }

    private static boolean isBest(Showing.Column column, int policy) {
        double own = column.sign() * mean(column.values().get(policy));
        return column.sign() != 0 && column.values().stream().allMatch(other -> column.sign() * mean(other) <= own);
    }

    String windows() {
        List<String> names = new ArrayList<>(List.of("window", "bound"));
        showing.policies().forEach(policy -> names.add(policy.name()));
        var table =
                new StringBuilder("<table>\n<thead>").append(Html.head(names)).append("</thead>\n<tbody>\n");
        for (Showing.Window window : showing.windows()) {
            table.append("<tr><th scope=\"row\">")
                    .append(Html.escaped(window.name()))
                    .append("</th><td>")
                    .append(window.bound()
                            .map(bound -> String.format(
                                    Locale.ROOT,
                                    "%.2f",
                                    100 * bound.points().getLast().value()))
                            .orElse("-"))
                    .append("</td>");
            window.cells()
                    .forEach(cell ->
                            table.append("<td>").append(Html.escaped(cell)).append("</td>"));
            table.append("</tr>\n");
        }
        return table.append("</tbody></table>").toString();
    }

    String provenance() {
        var list = new StringBuilder();
        SequencedMap<String, String> entries = showing.provenance();
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            list.append("<dt>")
                    .append(Html.escaped(entry.getKey()))
                    .append("</dt><dd>")
                    .append(Html.escaped(entry.getValue()))
                    .append("</dd>\n");
        }
        return list.toString();
    }
}
