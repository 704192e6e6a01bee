package dev.skyhedge.engine.control;

import java.util.Arrays;

/// The end of a log, short enough for a table.
final class LogTail {
    private static final int LINES = 5;

    private LogTail() {}

    static String lastLines(String text) {
        String[] lines = text.stripTrailing().split("\n", -1);
        int first = Math.max(0, lines.length - LINES);
        return String.join("\n", Arrays.asList(lines).subList(first, lines.length));
    }
}
