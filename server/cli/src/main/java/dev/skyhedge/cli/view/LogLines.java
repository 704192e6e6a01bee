package dev.skyhedge.cli.view;

import java.util.List;

/// The last lines that a replica wrote.
public final class LogLines {
    private static final int MOST = 10;

    private LogLines() {}

    /// The last few, indented below what they explain; each ends with a newline.
    public static String indented(String lines) {
        List<String> clean = Words.cleanLines(lines);
        StringBuilder text = new StringBuilder();
        clean.stream()
                .skip(Math.max(0, clean.size() - MOST))
                .forEach(line -> text.append("    | ").append(line).append('\n'));
        return text.toString();
    }
}
