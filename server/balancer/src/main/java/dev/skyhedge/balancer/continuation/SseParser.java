package dev.skyhedge.balancer.continuation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a stream of bytes into server-sent events (WHATWG HTML, 9.2.6), wherever the pieces begin and end. An event
/// counts when its empty line has come. Line ends become single line feeds. Not thread-safe.
final class SseParser {
    /// The longest event; an engine that sends more is broken.
    static final int MAX_EVENT_BYTES = 1024 * 1024;

    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private int lineBytes;
    private boolean afterReturn;
    private boolean tooLong;

    /// @param raw the event with its empty line
    record Event(byte[] raw) {
        private static final String DATA = "data:";

        /// Its data lines, joined; empty for a comment.
        Optional<String> data() {
            List<String> lines = new ArrayList<>();
            for (String line : new String(raw, StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith(DATA)) {
                    String value = line.substring(DATA.length());
                    lines.add(value.startsWith(" ") ? value.substring(1) : value);
                }
            }
            return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
        }
    }

    /// Takes all of the bytes.
    ///
    /// @return the events that they complete
    List<Event> take(ByteBuffer bytes) {
        List<Event> whole = new ArrayList<>();
        while (bytes.hasRemaining() && !tooLong) {
            byte one = bytes.get();
            boolean secondHalf = one == '\n' && afterReturn;
            afterReturn = one == '\r';
            if (secondHalf) {
                continue;
            }
            if (one == '\n' || one == '\r') {
                endLine(whole);
            } else {
                event.write(one);
                lineBytes++;
            }
            tooLong = event.size() > MAX_EVENT_BYTES;
        }
        return whole;
    }

    private void endLine(List<Event> whole) {
        boolean empty = lineBytes == 0;
        lineBytes = 0;
        if (empty && event.size() == 0) {
            return; // an empty line more than needed
        }
        event.write('\n');
        if (empty) {
            whole.add(new Event(event.toByteArray()));
            event.reset();
        }
    }

    /// Whether an event has become longer than any may be; nothing more is taken.
    boolean isTooLong() {
        return tooLong;
    }

    /// Bytes kept of an event that is not whole.
    int keptBytes() {
        return event.size();
    }
}
