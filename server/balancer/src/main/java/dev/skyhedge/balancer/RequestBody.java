package dev.skyhedge.balancer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
    private final Content.Source client;
    private final long length;
    private final int maxKept;
    private final long maxBytes;
    private final Consumer<Throwable> onClientFailure;
    private final List<byte[]> kept = new ArrayList<>();
    private long keptBytes;
    private long readBytes;
    private boolean dropped;
    private boolean complete;
    private boolean demanded;
    private @Nullable Reader active;

    /// @param length from the header, -1 if unknown
    /// @param onClientFailure told when the client's body ends badly or is larger than allowed
    RequestBody(Content.Source client, long length, int maxKept, long maxBytes, Consumer<Throwable> onClientFailure) {
        this.client = client;
        this.length = length;
        this.maxKept = maxKept;
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

    /// Whether [#open()] can give the whole body once more.
    synchronized boolean replayable() {
        return !dropped;
    }

    /// Whether the client's last byte was read.
    synchronized boolean complete() {
        return complete;
    }

    synchronized long keptBytes() {
        return keptBytes;
    }

    /// Forgets what was kept; no attempt will follow.
    synchronized void release() {
        dropped = true;
        kept.clear();
        keptBytes = 0;
    }

    private void ready() {
        Runnable demand;
        synchronized (this) {
            demanded = false;
            demand = active == null ? null : active.takeDemand();
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
        private int next;
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
                chunk = next < kept.size() ? replay() : live();
            }
            if (chunk != null && Content.Chunk.isFailure(chunk)) {
                onClientFailure.accept(chunk.getFailure());
            }
            return chunk;
        }

        private Content.Chunk replay() {
            ByteBuffer bytes = ByteBuffer.wrap(kept.get(next++));
            return Content.Chunk.from(bytes, complete && next == kept.size());
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
            if (keptBytes + chunk.remaining() > maxKept) {
                release();
                next = 0;
                return;
            }
            byte[] copy = new byte[chunk.remaining()];
            chunk.getByteBuffer().slice().get(copy);
            kept.add(copy);
            keptBytes += copy.length;
            next = kept.size();
        }

        @Override
        public void demand(Runnable callback) {
            synchronized (RequestBody.this) {
                demand = callback;
                if (demanded) {
                    return;
                }
                demanded = true;
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
