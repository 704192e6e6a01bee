package dev.skyhedge.balancer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The way of one answer to its client: at most one answer, one write at a time, and an end that comes after the
/// last of them.
///
/// Jetty's callback of a request must not be called while a write is pending: it waits there until the write has
/// ended, and the thread that waits may be the very selector that would have to end it. So an end that comes in the
/// middle of a write is kept until then. Whoever ends early closes the end point first, which fails the write.
/// Thread-safe; nothing in it waits.
final class Answer implements Callback {
    private final Request request;
    private final Response response;
    private final Callback jetty;
    private final ClientSide client;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
    private @Nullable Callback writing;
    private @Nullable Runnable end;
    private long stillSince;
    private long flushedThen;

    private enum Phase {
        /// Nothing was sent to the client: any answer is possible.
        OPEN,
        /// An answer has begun: it can only go on or break.
        COMMITTED,
        FINISHED
    }

    /// @param jetty ends the request
    Answer(Request request, Response response, Callback jetty) {
        this.request = request;
        this.response = response;
        this.jetty = jetty;
        this.client = ClientSide.of(request);
    }

    ClientSide client() {
        return client;
    }

    int status() {
        return response.getStatus();
    }

    /// Whether nothing was sent yet.
    boolean isOpen() {
        return phase.get() == Phase.OPEN;
    }

    boolean isCommitted() {
        return phase.get() == Phase.COMMITTED;
    }

    boolean isFinished() {
        return phase.get() == Phase.FINISHED;
    }

    /// Claims the end of the request; true for the first who does.
    boolean finish() {
        return phase.getAndSet(Phase.FINISHED) != Phase.FINISHED;
    }

    /// Claims it for an answer of our own; false also if another answer has begun: then that goes on.
    boolean finishUnanswered() {
        return phase.compareAndSet(Phase.OPEN, Phase.FINISHED);
    }

    /// The first byte of a replica's answer is about to be sent; there is no way back.
    ///
    /// @param unknownLength the answer says of itself where it ends, or its connection does
    /// @param closing the connection ends with it
    /// @return false if the request has ended; nothing may be written then
    boolean commit(int status, HttpFields headers, boolean unknownLength, boolean closing) {
        if (!phase.compareAndSet(Phase.OPEN, Phase.COMMITTED)) {
            return false;
        }
        response.setStatus(status);
        ForwardedHeaders.copyResponse(headers, response.getHeaders());
        if (closing) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        if (unknownLength) {
            // Jetty would leave the end to that of the connection also for a client that closes it by itself.
            switch (request.getConnectionMetaData().getHttpVersion()) {
                case HTTP_1_1 -> response.getHeaders().put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);
                case HTTP_0_9, HTTP_1_0 -> client.cutByReset(true);
                case HTTP_2, HTTP_3 -> {} // streams say it by themselves
            }
        }
        return true;
    }

    /// Sets a header of ours, between [#commit] and the first write.
    void header(String name, String value) {
        response.getHeaders().put(name, value);
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

    /// Writes an answer of our own, after [#finishUnanswered()], and ends the request when its client has sent it:
    /// see [Discarding].
    ///
    /// @param retryAfter when the client should come back; empty to say nothing of it
    /// @param close the connection ends with it
    /// @param body what the client may be sending still
    void refuse(Refusal refusal, Optional<Duration> retryAfter, boolean close, @Nullable RequestBody body) {
        Callback sent = whenSent(refusal, body);
        if (close) {
            refusal.writeAndClose(response, sent);
        } else {
            refusal.write(response, retryAfter, sent);
        }
    }

    private Callback whenSent(Refusal refusal, @Nullable RequestBody body) {
        if (body == null
                || body.complete()
                || refusal.equals(Refusal.SLOW_CLIENT)
                || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return jetty;
        }
        Runnable ended = () -> {
            client.requestEnded();
            jetty.succeeded();
        };
        var rest = new Discarding(request, Callback.from(InvocationType.NON_BLOCKING, ended, jetty::failed));
        Runnable written = () -> {
            client.awaitRest();
            if (!body.handOver(rest)) {
                rest.run();
            }
        };
        return Callback.from(InvocationType.NON_BLOCKING, written, jetty::failed);
    }

    /// Ends the request well: everything was written.
    void succeed() {
        client.cutByReset(false);
        end(jetty::succeeded);
    }

    /// Ends the request and its connection when no write is pending.
    void fail(Throwable cause) {
        end(() -> jetty.failed(cause));
    }

    private void end(Runnable callback) {
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
    synchronized boolean isStalled(long now, long patienceNanos) {
        long flushed = client.flushed();
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
