package dev.skyhedge.console.metrics;

/// The labels of a series, as they are written between its braces. Ordered as text.
///
/// @param text such as `service="chat",state="ready"`; empty if there are none
record Labels(String text) implements Comparable<Labels> {
    static final Labels NONE = new Labels("");

    /// @param namesAndValues a name, its value, the next name, and so on
    static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("A label without a value: " + String.join(",", namesAndValues));
        }
        var text = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            text.append(text.isEmpty() ? "" : ",").append(namesAndValues[i]);
            text.append("=\"").append(escape(namesAndValues[i + 1])).append('"');
        }
        return new Labels(text.toString());
    }

    /// These and one more.
    Labels and(String name, String value) {
        Labels added = of(name, value);
        return text.isEmpty() ? added : new Labels(text + "," + added.text);
    }

    String inBraces() {
        return text.isEmpty() ? "" : "{" + text + "}";
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public int compareTo(Labels other) {
        return text.compareTo(other.text);
    }
}
