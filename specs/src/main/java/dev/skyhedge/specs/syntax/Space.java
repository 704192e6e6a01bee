package dev.skyhedge.specs.syntax;

/// White space inside templates, as Unicode defines it.
final class Space {
    private Space() {}

    private static boolean is(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /// How many characters of space the text starts with.
    static int leading(String text) {
        return (int) text.codePoints().takeWhile(Space::is).count();
    }

    static String stripLeading(String text) {
        return text.substring(text.offsetByCodePoints(0, leading(text)));
    }

    static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && is(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }
}
