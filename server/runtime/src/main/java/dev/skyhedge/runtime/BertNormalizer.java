package dev.skyhedge.runtime;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Splits text into words as BERT uncased does: cleaned, without accents, in lower case, punctuation and Chinese
/// characters standing alone. The rules are those of `BertNormalizer` and `BertPreTokenizer` in Hugging Face
/// tokenizers, against which the tests' token ids were made.
final class BertNormalizer {
    private BertNormalizer() {}

    static List<String> words(String text) {
        return split(lowerCaseWithoutAccents(spaced(text)));
    }

    /// Drops control characters, makes every white space a blank, and sets blanks around Chinese characters.
    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isWhitespace(c)) {
                spaced.append(' ');
            } else if (isChinese(c)) {
                spaced.append(' ').appendCodePoint(c).append(' ');
            } else if (c != 0xFFFD && !isControl(c)) {
                spaced.appendCodePoint(c);
            }
        });
        return spaced.toString();
    }

    private static String lowerCaseWithoutAccents(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder plain = new StringBuilder(decomposed.length());
        decomposed
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .map(Character::toLowerCase)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean white = isWhitespace(c);
            boolean alone = isPunctuation(c);
            if ((white || alone) && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (alone) {
                words.add(Character.toString(c));
            } else if (!white) {
                word.appendCodePoint(c);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /// Unicode's property White_Space, which the JDK has nowhere as such.
    private static boolean isWhitespace(int c) {
        return (c >= 0x09 && c <= 0x0D) || c == 0x85 || Character.isSpaceChar(c);
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /// The blocks that BERT takes for Chinese; Japanese kana and Korean are not among them. That the sixth
    /// starts at 2B920 is a slip of the original which trained models have inherited.
    private static boolean isChinese(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B73F)
                || (c >= 0x2B740 && c <= 0x2B81F)
                || (c >= 0x2B920 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }
}
