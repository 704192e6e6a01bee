package dev.skyhedge.cli.view;

import java.util.stream.Collectors;

/// What text is rendered for.
///
/// @param columns the width to keep to where that is possible, at least 20
/// @param colour whether ANSI escapes may be used
public record Display(int columns, boolean colour) {
    /// For pipes and files: no colour, lines as long as they need to be.
    public static final Display PLAIN = new Display(Integer.MAX_VALUE, false);

    private static final int NARROWEST = 20;

    public Display {
        if (columns < NARROWEST) {
            throw new IllegalArgumentException("A display has at least " + NARROWEST + " columns, not " + columns);
        }
    }

    /// The text in that colour, where there are colours.
    public String paint(Ink ink, String text) {
        return colour && !text.isEmpty() ? ink.escape() + text + Ink.RESET : text;
    }

    /// Each line of the text in as few lines as there can be.
    public String wrapLines(String text) {
        return text.lines().map(line -> wrap(line, "")).collect(Collectors.joining("\n"));
    }

    /// The same text in as few lines of at most this width as there can be.
    public String wrap(String text, String indent) {
        return String.join("\n", Words.wrap(text, columns, indent));
    }
}
