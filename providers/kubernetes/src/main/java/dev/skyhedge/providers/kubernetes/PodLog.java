package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a pod's container wrote. A cluster keeps the last file of it only, usually up to 10 MiB, and
/// gives it from the beginning only.
final class PodLog {
    /// The most bytes that are read to answer for a page. A longer log shows its beginning only.
    static final int MAX_BYTES = 16 << 20;

    private PodLog() {}

    /// A page of the log.
    ///
    /// @param offset where it starts; a negative one counts back from the end
    /// @param complete whether nothing follows what is there
    static Outcome<LogPage> page(ClusterCalls calls, String pod, long offset, int maxBytes, boolean complete) {
        long wanted = offset < 0 ? MAX_BYTES : Math.min(MAX_BYTES, offset + maxBytes);
        return calls.log(pod, PodOrder.CONTAINER, (int) wanted)
                .map(log -> page(log, offset, maxBytes, complete, log.length < wanted));
    }

    /// @param log the log from its beginning
    /// @param whole whether that is all there is
    static LogPage page(byte[] log, long offset, int maxBytes, boolean complete, boolean whole) {
        // A log that is shorter than before was begun anew.
        long start = offset < 0 ? Math.max(0, log.length + offset) : offset > log.length ? 0 : offset;
        int from = atCharacter(log, (int) start);
        int to = (int) Math.min(log.length, (long) from + maxBytes);
        if (to < log.length) {
            to = atCharacter(log, to);
        }
        String text = new String(Arrays.copyOfRange(log, from, Math.max(from, to)), StandardCharsets.UTF_8);
        return new LogPage(text, Math.max(from, to), complete && whole && to == log.length);
    }

    /// The start of the character that this byte is part of.
    private static int atCharacter(byte[] text, int at) {
        int start = at;
        while (start > 0 && start < text.length && (text[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }
}
