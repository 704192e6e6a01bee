package dev.skyhedge.balancer.keys;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// How many tokens an answer has: what its `usage` says, or else the events of a stream, which
/// engines send one a token. Fed by one thread at a time; read by any.
public final class AnswerTokens {
    private static final int OK = 200;
    private static final String EVENT = "data:";

    private final UsageScan usage = new UsageScan();
    private final boolean isStream;
    private volatile long events;
    private int matched;

    private AnswerTokens(boolean isStream) {
        this.isStream = isStream;
    }

    /// Of an answer that begins; empty if it tells of no tokens.
    public static Optional<AnswerTokens> of(int status, HttpFields headers) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if (status != OK || type == null || headers.contains(HttpHeader.CONTENT_ENCODING)) {
            return Optional.empty();
        }
        boolean isStream = type.startsWith("text/event-stream");
        return isStream || type.startsWith("application/json")
                ? Optional.of(new AnswerTokens(isStream))
                : Optional.empty();
    }

    /// A part of it passes.
    public void passes(ByteBuffer part) {
        usage.look(part);
        if (isStream) {
            count(part);
        }
    }

    /// Lines of data: an event has one, in the streams that engines send.
    private void count(ByteBuffer part) {
        for (int i = part.position(); i < part.limit(); i++) {
            byte next = part.get(i);
            if (next == '\n') {
                matched = 0;
            } else if (matched >= 0 && next == EVENT.charAt(matched)) {
                if (++matched == EVENT.length()) {
                    events++;
                    matched = -1;
                }
            } else {
                matched = -1;
            }
        }
    }

    /// Of what the model wrote; 1 for what has no text, such as an embedding, and empty if nothing
    /// tells.
    public Optional<Long> output() {
        if (usage.completion() > 0) {
            return Optional.of(usage.completion());
        }
        if (isStream) {
            long last = events;
            return last > 0 ? Optional.of(Math.max(1, last - 1)) : Optional.empty(); // the last one only says so
        }
        return usage.prompt() > 0 ? Optional.of(1L) : Optional.empty();
    }
}
