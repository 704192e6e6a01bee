package dev.skyhedge.specs.values;

import java.text.Normalizer;

/// Texts in the normal form that the language has them in, NFC.
final class NormalText {
    /// Below it nothing combines, so that every text is normal as it is (UAX #15, section 9).
    private static final char FIRST_COMBINING = '\u0300';

    private NormalText() {}

    /// The text as NFC. Most texts are seen to be that without the tables of Unicode, which take longer to load than a
    /// short spec takes to read.
    static String of(String text) {
        return isBelowCombining(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static boolean isBelowCombining(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return false;
            }
        }
        return true;
    }
}
