package dev.skyhedge.cli.report;

import java.util.List;

/// The little HTML that tables need.
final class Html {
    private Html() {}

    /// Text that means itself, in elements and attributes.
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String head(List<String> names) {
        var row = new StringBuilder("<tr>");
        names.forEach(
                name -> row.append("<th scope=\"col\">").append(escaped(name)).append("</th>"));
        return row.append("</tr>\n").toString();
    }
}
