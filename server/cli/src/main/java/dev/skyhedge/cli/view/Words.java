package dev.skyhedge.cli.view;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Text as a terminal lays it out. Whatever comes from outside passes through [#clean] or [#cleanLines] first:
/// a log line must not be able to move the cursor.
public final class Words {
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private Words() {}

    /// One line: control characters, line breaks among them, become blanks or visible marks.
    public static String clean(String text) {
        return text.codePoints()
                .map(c -> Character.isWhitespace(c) ? ' ' : isUnsafe(c) ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// The lines of a text, each clean.
    public static List<String> cleanLines(String text) {
        return text.lines().map(Words::clean).map(String::stripTrailing).toList();
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> c != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }

    /// How many columns the text takes: 2 for a wide character, 0 for a mark that joins the one before it.
    public static int width(String text) {
        if (text.chars().allMatch(c -> c < 0x300)) {
            return text.length();
        }
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        int columns = 0;
        for (int from = clusters.first(), to = clusters.next();
                to != BreakIterator.DONE;
                from = to, to = clusters.next()) {
            columns += isWide(text.codePointAt(from)) ? 2 : 1;
        }
        return columns;
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
    }

    /// The text with spaces behind it, up to so many columns.
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /// The text with spaces before it, up to so many columns.
    public static String padLeft(String text, int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }

    /// Lines of at most so many columns, each after the indent; a longer word gets a line of its own.
    public static List<String> wrap(String text, int columns, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && indent.length() + width(line.toString()) + 1 + width(word) > columns) {
                lines.add(indent + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(indent + line);
        return lines;
    }

    /// The same with an indent of its own before the first line, no longer than the one before the others.
    public static List<String> wrapHanging(String text, int columns, String first, String others) {
        List<String> lines = new ArrayList<>(wrap(text, columns, others));
        lines.set(0, first + lines.getFirst().substring(others.length()));
        return lines;
    }

    /// `1 replica`, `2 replicas`, `9,960 replicas`.
    public static String count(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /// The number in groups of three digits.
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
