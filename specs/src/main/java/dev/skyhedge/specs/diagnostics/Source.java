package dev.skyhedge.specs.diagnostics;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The text of one file. Positions are computed when they are asked for, so that a syntax tree can carry a range on
/// every node at the price of two numbers, and a file with nothing wrong needs no index of its lines. Immutable.
public final class Source {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final String name;
    private final String text;
    /// Two threads may make it at once; both make the same.
    private volatile @Nullable Lines lines;

    /// Where lines start, in characters and in bytes of UTF-8.
    private record Lines(int[] starts, int[] byteOffsets) {}

    private Source(String name, String text) {
        this.name = name;
        this.text = text;
    }

    private Lines lines() {
        Lines known = lines;
        if (known == null) {
            known = index(text);
            lines = known;
        }
        return known;
    }

    private static Lines index(String text) {
        int[] starts = new int[16];
        int[] offsets = new int[16];
        int count = 1;
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += utf8Length(text.charAt(i));
            if (text.charAt(i) == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                    offsets = Arrays.copyOf(offsets, count * 2);
                }
                starts[count] = i + 1;
                offsets[count++] = bytes;
            }
        }
        return new Lines(Arrays.copyOf(starts, count), Arrays.copyOf(offsets, count));
    }

    /// The source of that name, which is how diagnostics call it. A byte order mark before the text is left out.
    public static Source of(String name, String text) {
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new Source(name, marked ? text.substring(1) : text);
    }

    /// How diagnostics call it, usually a path relative to the directory of the spec.
    public String name() {
        return name;
    }

    /// The whole text, without a byte order mark.
    public String text() {
        return text;
    }

    /// The range of characters `[from, to)`, indexes into [#text()].
    public SourceRange range(int from, int to) {
        return new SourceRange(this, from, to);
    }

    /// Number of lines; an empty text has one.
    public int lineCount() {
        return lines().starts().length;
    }

    /// The line's text without its end.
    ///
    /// @param line from 1 to [#lineCount()]
    public String line(int line) {
        int[] starts = lines().starts();
        int from = starts[line - 1];
        int to = line < starts.length ? starts[line] - 1 : text.length();
        if (to > from && text.charAt(to - 1) == '\r') {
            to--;
        }
        return text.substring(from, to);
    }

    /// Index of the line's first character.
    public int lineStart(int line) {
        return lines().starts()[line - 1];
    }

    /// The position before the character with that index.
    public Position position(int index) {
        Lines indexed = lines();
        int found = Arrays.binarySearch(indexed.starts(), index);
        int line = found >= 0 ? found : -found - 2;
        String prefix = text.substring(indexed.starts()[line], index);
        int bytes = prefix.getBytes(StandardCharsets.UTF_8).length;
        return new Position(line + 1, graphemes(prefix) + 1, indexed.byteOffsets()[line] + bytes);
    }

    private static int graphemes(String prefix) {
        if (prefix.chars().allMatch(c -> c < 0x80 && c != '\r')) {
            return prefix.length();
        }
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(prefix);
        int count = 0;
        while (clusters.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }

    /// Each half of a surrogate pair counts two of the pair's four bytes.
    private static int utf8Length(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    @Override
    public String toString() {
        return name;
    }
}
