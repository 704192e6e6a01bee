package dev.skyhedge.load.engine;

/// Where characters end in UTF-8. Pure.
final class Utf8 {
    /// Bytes of a character at most.
    static final int LONGEST = 4;

    private static final int FOLLOWING_MASK = 0xC0;
    private static final int FOLLOWING = 0x80;

    private Utf8() {}

    /// How many bytes the last character of these still needs; 0 if it is whole.
    static int missing(byte[] bytes) {
        for (int back = 1; back < LONGEST && back <= bytes.length; back++) {
            int one = bytes[bytes.length - back] & 0xFF;
            if ((one & FOLLOWING_MASK) != FOLLOWING) {
                return Math.max(0, length(one) - back);
            }
        }
        return 0;
    }

    private static int length(int lead) {
        if (lead >= 0xF0) {
            return 4;
        }
        if (lead >= 0xE0) {
            return 3;
        }
        return lead >= 0xC0 ? 2 : 1;
    }
}
