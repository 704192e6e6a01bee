package dev.skyhedge.balancer;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The way of one answer to its client: one write at a time, and an end that comes after the last of them.
///
/// Jetty's callback of a request must not be called while a write is pending: it waits there until the write has
/// ended, and the thread that waits may be the very selector that would have to end it. So an end that comes in the
/// middle of a write is kept until then. Whoever ends early closes the end point first, which fails the write.
/// Thread-safe; nothing in it waits.
final class Answer implements Callback {
    private final Response response;
    private @Nullable Callback writing;
    private @Nullable Runnable end;
    private long stillSince;
    private long flushedThen;

    Answer(Response response) {
        this.response = response;
    }

    /// Writes a part; fails it if the end came first.
    ///
    /// @param then called when it was written or has failed
    void write(boolean last, ByteBuffer bytes, Callback then) {
        boolean late;
        synchronized (this) {
            late = end != null;
            if (!late) {
                writing = then;
            }
        }
        if (late) {
            then.failed(new EofException("the request has ended"));
        } else {
            response.write(last, bytes, this);
        }
    }

    /// Runs the given end when no write is pending. Called once.
    void end(Runnable callback) {
        synchronized (this) {
            end = callback;
            if (writing != null) {
                return;
            }
        }
        callback.run();
    }

    /// Whether a write is pending: it is the client that is waited for.
    synchronized boolean isWriting() {
        return writing != null;
    }

    /// Whether the client has taken nothing of what is being written for too long. Asked by a timer, now and then.
    ///
    /// @param flushed bytes that went out on the connection so far
    synchronized boolean isStalled(long now, long flushed, long patienceNanos) {
        if (writing == null || stillSince == 0 || flushed != flushedThen) {
            stillSince = now;
            flushedThen = flushed;
        }
        return now - stillSince > patienceNanos;
    }

    @Override
    public void succeeded() {
        Written written = written();
        written.then.succeeded();
        written.end.run();
    }

    @Override
    public void failed(Throwable cause) {
        Written written = written();
        written.then.failed(cause);
        written.end.run();
    }

    /// @param then whose write it was
    /// @param end what has waited for it
    private record Written(Callback then, Runnable end) {}

    private synchronized Written written() {
        Callback then = writing;
        writing = null;
        return new Written(then == null ? Callback.NOOP : then, end == null ? () -> {} : end);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
