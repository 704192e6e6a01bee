package dev.skyhedge.balancer;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/// The client's body, readable again for every attempt as long as it is small enough to be kept. Thread-safe;
/// only the newest reader reads.
///
/// A chunk is read from the client only when an attempt asks for it, so the client is slowed down to the
/// replica's pace.
final class RequestBody {
    /// A client that sends less keeps a replica busy with nothing.
    private static final int MIN_BYTES_PER_SECOND = 100;

    private final Content.Source client;
    private final long length;
    private final long maxBytes;
    private final Consumer<Throwable> onClientFailure;
    private final KeptBytes kept;
    private long readBytes;
    private boolean dropped;
    private boolean complete;
    private boolean demanded;
    private long handedOut;
    private long lookedAt;
    private long slowSince;
    private long readWhenSlow;
    private @Nullable Reader active;
    private @Nullable Runnable next;

    /// @param length from the header, -1 if unknown
    /// @param onClientFailure told when the client's body ends badly or is larger than allowed
    RequestBody(
            Content.Source client, long length, KeptBytes kept, long maxBytes, Consumer<Throwable> onClientFailure) {
        this.client = client;
        this.length = length;
        this.kept = kept;
        this.maxBytes = maxBytes;
        this.onClientFailure = onClientFailure;
    }

    /// The body from its start, for a new attempt; earlier readers end.
    synchronized Request.Content open() {
        if (dropped) {
            throw new IllegalStateException("the body was not kept after " + readBytes + " bytes");
        }
        active = new Reader();
        return active;
    }

    /// Takes the memory for all of it beforehand, so that it stays readable again until it is closed. To be asked
    /// before anything is read.
    ///
    /// @return false if there is not so much, or its length is unknown
    synchronized boolean prepay() {
        return !dropped && kept.prepay();
    }

    /// Reads all of it before an attempt does.
    ///
    /// @param each gets its pieces, to be used at once
    /// @param then called when it is there; not if the client fails to send it, of which the exchange is told
    void readAhead(Consumer<ByteBuffer> each, Runnable then) {
        Content.Source from;
        synchronized (this) {
            if (dropped) {
                return; // closed: the exchange has ended already
            }
            from = open();
        }
        readAhead(from, each, then);
    }

    private static void readAhead(Content.Source from, Consumer<ByteBuffer> each, Runnable then) {
        while (true) {
            Content.Chunk chunk = from.read();
            if (chunk == null) {
                from.demand(Invocable.from(InvocationType.NON_BLOCKING, () -> readAhead(from, each, then)));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                return;
            }
            each.accept(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                then.run();
                return;
            }
        }
    }

    /// All of it, once it was read; empty if it was not kept, or is not any more.
    synchronized Optional<byte[]> whole() {
        return complete && !dropped ? Optional.of(kept.toArray()) : Optional.empty();
    }

    /// Whether [#open()] can give the whole body once more.
    synchronized boolean replayable() {
        return !dropped;
    }

    /// Whether the client's last byte was read.
    synchronized boolean complete() {
        return complete;
    }

    synchronized long keptBytes() {
        return kept.size();
    }

    /// Forgets what was kept: no attempt will follow, and the one that reads reads no further.
    synchronized void close() {
        active = null;
        drop();
    }

    private void drop() {
        dropped = true;
        kept.clear();
    }

    /// Whether it is the client that is waited for.
    synchronized boolean awaitsClient() {
        return demanded && !complete;
    }

    /// Pieces given to attempts; grows while replicas take the body.
    synchronized long handedOut() {
        return handedOut;
    }

    /// Whether the client has sent next to nothing of what it owes for too long. Asked by a timer, now and then.
    synchronized boolean isStalled(long now, long patienceNanos) {
        long sinceLook = lookedAt == 0 ? 0 : now - lookedAt;
        lookedAt = now;
        long enough = MIN_BYTES_PER_SECOND * Math.max(1, TimeUnit.NANOSECONDS.toSeconds(patienceNanos));
        if (slowSince == 0 || readBytes - readWhenSlow >= enough) {
            slowSince = now;
            readWhenSlow = readBytes;
        } else if (!awaitsClient()) {
            slowSince += sinceLook; // a replica that takes its time is not the client's fault
        }
        return awaitsClient() && now - slowSince > patienceNanos;
    }

    /// Lets something else read the client when it has sent more: a demand is pending that cannot be taken back.
    ///
    /// @return false if none is: it may read at once
    synchronized boolean handOver(Runnable reader) {
        if (demanded) {
            next = reader;
        }
        return demanded;
    }

    private void ready() {
        Runnable demand;
        synchronized (this) {
            demanded = false;
            demand = active == null ? next : active.takeDemand();
        }
        if (demand != null) {
            demand.run();
        }
    }

    /// Body content larger than allowed.
    static final class TooLarge extends RuntimeException {
        TooLarge(long limit) {
            super("request body larger than " + limit + " bytes", null, false, false);
        }
    }

    private final class Reader implements Request.Content {
        private int position;
        private @Nullable Runnable demand;

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk;
            synchronized (RequestBody.this) {
                if (active != this) {
                    return Content.Chunk.from(new IllegalStateException("a newer attempt reads the body"));
                }
                chunk = position < kept.size() ? replay() : live();
                handedOut += chunk == null ? 0 : 1;
            }
            if (chunk != null && Content.Chunk.isFailure(chunk)) {
                onClientFailure.accept(chunk.getFailure());
            }
            return chunk;
        }

        private Content.Chunk replay() {
            ByteBuffer bytes = kept.from(position);
            position += bytes.remaining();
            return Content.Chunk.from(bytes, complete && position == kept.size());
        }

        private Content.@Nullable Chunk live() {
            if (complete) {
                return Content.Chunk.EOF;
            }
            Content.Chunk chunk = client.read();
            if (chunk == null || Content.Chunk.isFailure(chunk)) {
                return chunk;
            }
            readBytes += chunk.remaining();
            complete = chunk.isLast();
            if (readBytes > maxBytes) {
                chunk.release();
                return Content.Chunk.from(new TooLarge(maxBytes));
            }
            keep(chunk);
            return chunk;
        }

        private void keep(Content.Chunk chunk) {
            if (dropped || !chunk.hasRemaining()) {
                return;
            }
            if (!kept.append(chunk.getByteBuffer())) {
                drop();
            }
            position = kept.size();
        }

        @Override
        public void demand(Runnable callback) {
            boolean old;
            synchronized (RequestBody.this) {
                old = active != this;
                demand = callback;
                if (!old && demanded) {
                    return;
                }
                demanded |= !old;
            }
            if (old) {
                callback.run(); // and finds out when it reads
                return;
            }
            client.demand(Invocable.from(InvocationType.NON_BLOCKING, RequestBody.this::ready));
        }

        @Nullable
        Runnable takeDemand() {
            Runnable taken = demand;
            demand = null;
            return taken;
        }

        @Override
        public void fail(Throwable failure) {
            // The attempt gave up, not the client: the next attempt reads on.
        }
    }
}
