package dev.skyhedge.load.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The model: the next token is a function of all tokens before it. Where it samples, also of the seed and of how many
/// tokens this request has drawn; a real engine's generator begins anew with each request, too.
///
/// Characters of more than one byte come a byte at a time. Not thread-safe.
final class NextToken {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int END_ONE_IN = 150;
    private static final int WIDE_ONE_IN = 9;
    private static final int[] LEADS = {0xF0, 0xE2, 0xC3};

    private final Deque<Integer> lastBytes = new ArrayDeque<>();
    private long state = 1;

    NextToken(List<Integer> prompt) {
        prompt.forEach(this::append);
    }

    void append(int token) {
        state = mixed(state * MULTIPLIER + token + 1);
        for (byte one : Vocabulary.bytes(token)) {
            lastBytes.addLast((int) one);
            if (lastBytes.size() > Utf8.LONGEST) {
                lastBytes.removeFirst();
            }
        }
    }

    /// @param draw 0 for the likeliest token, anything else for another draw
    /// @param mayEnd whether the answer may end here
    int next(long draw, boolean mayEnd) {
        long dice = mixed(state ^ draw * MULTIPLIER) >>> 1;
        byte[] tail = tail();
        int missing = Utf8.missing(tail);
        if (missing > 0) {
            return following(tail[tail.length - 1] & 0xFF, dice);
        }
        if (mayEnd && dice % END_ONE_IN == 0) {
            return Vocabulary.END_OF_TEXT;
        }
        if (dice % WIDE_ONE_IN == 1) {
            return LEADS[(int) (dice / WIDE_ONE_IN % LEADS.length)];
        }
        return Vocabulary.piece((int) (dice / END_ONE_IN % Vocabulary.pieces()));
    }

    /// Faces (U+1F600 and on), the euro and its neighbours, letters with accents.
    private static int following(int last, long dice) {
        return switch (last) {
            case 0xF0 -> 0x9F;
            case 0x9F -> 0x98;
            case 0x98 -> 0x80 + (int) (dice % 16);
            case 0xE2 -> 0x82;
            default -> 0xA0 + (int) (dice % 16);
        };
    }

    private byte[] tail() {
        byte[] tail = new byte[lastBytes.size()];
        int i = 0;
        for (int one : lastBytes) {
            tail[i++] = (byte) one;
        }
        return tail;
    }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
    private static long mixed(long value) {
        long one = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        long two = (one ^ one >>> 27) * 0x94D049BB133111EBL;
        return two ^ two >>> 31;
    }
}
