package dev.skyhedge.specs.functions;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Characters as a reader counts them: the grapheme clusters of Unicode Standard Annex 29.
final class Graphemes {
    private Graphemes() {}

    static List<String> of(String text) {
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        List<String> characters = new ArrayList<>();
        int from = 0;
        for (int to = clusters.next(); to != BreakIterator.DONE; to = clusters.next()) {
            characters.add(text.substring(from, to));
            from = to;
        }
        return characters;
    }
}
