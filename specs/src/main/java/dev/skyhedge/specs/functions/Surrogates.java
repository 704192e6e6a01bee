package dev.skyhedge.specs.functions;

/// Halves of surrogate pairs, which are no characters. An escape can write one where text cannot.
final class Surrogates {
    private static final int REPLACEMENT = 0xfffd;

    private Surrogates() {}

    /// The text with the replacement character for each half that stands alone.
    static String replaced(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().map(Surrogates::orReplacement).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static int orReplacement(int codePoint) {
        boolean half = Character.MIN_SURROGATE <= codePoint && codePoint <= Character.MAX_SURROGATE;
        return half ? REPLACEMENT : codePoint;
    }
}
