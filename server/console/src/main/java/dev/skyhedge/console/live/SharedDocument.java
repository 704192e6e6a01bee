package dev.skyhedge.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A document that is read at most once a second however many ask for it. While one reads, others get what was read
/// before, so that a state that hangs holds one thread. Thread-safe.
final class SharedDocument {
    private static final long FRESH_NANOS = Duration.ofMillis(900).toNanos();
    /// How much of a core reading may take: it rests nine times as long as it took.
    private static final int REST = 9;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<JsonNode> source;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Read last;

    private record Read(JsonNode document, long begun, long ended) {
        boolean isFresh(long now) {
            return now - ended < Math.max(FRESH_NANOS, (ended - begun) * REST);
        }
    }

    SharedDocument(Supplier<JsonNode> source) {
        this.source = source;
    }

    /// @return not to be changed
    /// @throws IllegalStateException if it was never read and cannot be read in time
    JsonNode read() {
        Read known = last;
        if (known != null && known.isFresh(System.nanoTime())) {
            return known.document();
        }
        if (!begins(known == null)) {
            if (known == null) {
                throw new IllegalStateException("The state does not answer");
            }
            return known.document();
        }
        try {
            Read meanwhile = last;
            long begun = System.nanoTime();
            if (meanwhile != null && meanwhile.isFresh(begun)) {
                return meanwhile.document();
            }
            JsonNode document = source.get();
            last = new Read(document, begun, System.nanoTime());
            return document;
        } finally {
            reading.unlock();
        }
    }

    private boolean begins(boolean waits) {
        if (!waits) {
            return reading.tryLock();
        }
        try {
            return reading.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
