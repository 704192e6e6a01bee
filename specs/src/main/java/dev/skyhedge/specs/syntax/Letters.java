package dev.skyhedge.specs.syntax;

/// Which characters names and numbers are made of.
final class Letters {
    private Letters() {}

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// Whether a name may start with it.
    static boolean isStart(int c) {
        return c == '_' || Character.isUnicodeIdentifierStart(c);
    }

    /// Whether it may stand in a name after the start.
    static boolean isPart(int c) {
        // Most are small letters, for which the tables of Unicode need not be asked.
        return (c >= 'a' && c <= 'z')
                || c == '_'
                || c == '-'
                || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }
}
