package dev.skyhedge.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What the other policies came to beyond the reference, window by window: the market is the same for both there,
/// so that a difference can be told from chance long before the means themselves can.
final class PairedDifferences {
    private final Showing showing;

    PairedDifferences(Showing showing) {
        this.showing = showing;
    }

    /// The section of the page; empty where there is nothing to pair.
    String section() {
        int reference = IntStream.range(0, showing.policies().size())
                .filter(i -> showing.policies().get(i).name().equals(showing.reference()))
                .findFirst()
                .orElse(-1);
        if (reference < 0 || showing.policies().size() < 2 || showing.windows().size() < 2) {
            return "";
        }
        List<Showing.Column> columns = showing.replicaColumns().stream()
                .filter(column -> column.sign() != 0)
                .toList();
        var section = new StringBuilder("<section>\n<h2>Differences from ")
                .append(Html.escaped(showing.reference()))
                .append("</h2>\n<p>Paired by window: mean of the differences ± half of its 95 % confidence interval."
                        + " Where the interval holds 0 there is none to speak of; else it says which is better."
                        + "</p>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Differences\">"
                        + "<table>\n<thead><tr><th scope=\"col\">policy</th>");
        columns.forEach(column -> section.append("<th scope=\"col\">")
                .append(Html.escaped(column.name()))
                .append("</th>"));
        section.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < showing.policies().size(); i++) {
            if (i != reference) {
                int policy = i;
                section.append("<tr><th scope=\"row\">")
                        .append(Html.escaped(showing.policies().get(i).name()))
                        .append("</th>");
                columns.forEach(column -> section.append("<td>")
                        .append(text(column, of(column, policy, reference)))
                        .append("</td>"));
                section.append("</tr>\n");
            }
        }
        return section.append("</tbody></table></div>\n</section>\n").toString();
    }

    static ConfidenceInterval of(Showing.Column column, int policy, int reference) {
        List<Double> own = column.values().get(policy);
        List<Double> others = column.values().get(reference);
        return ConfidenceInterval.of(IntStream.range(0, own.size())
                .mapToObj(window -> own.get(window) - others.get(window))
                .toList());
    }

    private static String text(Showing.Column column, ConfidenceInterval difference) {
        String format = "%+." + column.decimals() + "f";
        return String.format(Locale.ROOT, format, difference.mean())
                + String.format(
                        Locale.ROOT,
                        " <span class=\"spread\">±%." + column.decimals() + "f</span>",
                        difference.halfWidth())
                + verdict(column, difference);
    }

    private static String verdict(Showing.Column column, ConfidenceInterval difference) {
        if (Math.abs(difference.mean()) <= difference.halfWidth()) {
            return "";
        }
        return column.sign() * difference.mean() > 0 ? " better" : " worse";
    }
}
