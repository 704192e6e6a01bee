package dev.skyhedge.balancer;

import dev.skyhedge.balancer.continuation.Taken;
import java.nio.ByteBuffer;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/// Carries one response from the replica to the client, a chunk at a time: the next one is read when the last
/// one was written, so a slow client slows the replica and nothing piles up here.
///
/// A short response of known length is collected first and sent whole: until then the replica may die and the
/// request still goes to another one.
final class Relay extends IteratingCallback {
    private static final long HEADER_GRACE_MILLIS = 50;

    private final Attempt attempt;
    private final Exchange exchange;
    private final Response from;
    private final Content.Source source;
    private final long length;
    private final boolean bodiless;
    private final byte @Nullable [] whole;
    private final boolean events;
    private int collected;
    private int tail;
    private long passed;
    private boolean committed;
    private boolean lastWritten;
    private boolean sourceEnded;
    private boolean replicaFailed;
    private boolean awaited;
    private final @Nullable Resumption followed;
    private boolean brokenOff;
    private boolean done;
    private volatile boolean graceOver;
    private volatile boolean demanded;
    private Content.@Nullable Chunk writing;

    Relay(Attempt attempt, Exchange exchange, Response from, Content.Source source, BalancerSettings.Limits limits) {
        this.attempt = attempt;
        this.exchange = exchange;
        this.from = from;
        this.source = source;
        this.length = from.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        int status = from.getStatus();
        this.bodiless = HttpMethod.HEAD.is(exchange.request().getMethod()) || status == 204 || status == 304;
        boolean shortEnough =
                !bodiless && length >= 0 && length <= limits.wholeResponseBytes() && exchange.keep(length);
        String type = from.getHeaders().get(HttpHeader.CONTENT_TYPE);
        this.events = length < 0
                && !bodiless
                && type != null
                && type.startsWith("text/event-stream")
                && !from.getHeaders().contains(HttpHeader.CONTENT_ENCODING);
        this.whole = shortEnough ? new byte[(int) length] : null;
        this.followed = Resumption.isStream(from) ? exchange.resumption() : null;
        this.committed = exchange.isResumed();
    }

    @Override
    protected Action process() throws Throwable {
        breakIfLost();
        while (!sourceEnded && !exchange.isFinished()) {
            if (demanded) {
                return headerDue() ? write(false, BufferUtil.EMPTY_BUFFER) : Action.IDLE;
            }
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                demanded = true;
                source.demand(this::available);
                awaitContent();
                return Action.IDLE;
            }
            attempt.progressed();
            if (Content.Chunk.isFailure(chunk)) {
                replicaFailed = true;
                throw chunk.getFailure();
            }
            sourceEnded = chunk.isLast();
            Action action = take(chunk);
            if (action != null) {
                return action;
            }
        }
        return Action.SUCCEEDED;
    }

    private void available() {
        demanded = false;
        iterate();
    }

    /// The header goes to the client when its content comes, or after a while without it: an answer that breaks at
    /// once is none, and another replica may give one.
    private void awaitContent() {
        if (whole == null && !bodiless && !committed && !awaited) {
            awaited = true;
            exchange.after(HEADER_GRACE_MILLIS, () -> {
                graceOver = true;
                iterate();
            });
        }
    }

    private boolean headerDue() {
        return graceOver && !committed;
    }

    /// What to do with a chunk; null to read on.
    private @Nullable Action take(Content.Chunk chunk) throws EofException {
        int size = chunk.remaining();
        passed += size;
        if (followed != null) {
            return follow(followed, chunk);
        }
        boolean last = !lastWritten && (sourceEnded || (length >= 0 && passed >= length && !bodiless));
        if (whole != null) {
            chunk.getByteBuffer().get(whole, collected, size);
            collected += size;
            chunk.release();
            // Only at the end of the source is the connection free for the client's next request.
            return sourceEnded ? write(true, ByteBuffer.wrap(whole)) : null;
        }
        if (size == 0 && !last) {
            chunk.release();
            return null;
        }
        writing = chunk;
        if (events) {
            remember(chunk.getByteBuffer());
        }
        return write(last, chunk.getByteBuffer());
    }

    /// What the client gets of an answer that can go on from another replica: whole events, and the end only when it
    /// has come.
    private @Nullable Action follow(Resumption by, Content.Chunk chunk) throws EofException {
        Taken taken = by.take(chunk.getByteBuffer());
        chunk.release();
        done |= taken.progress() == Taken.Progress.DONE;
        brokenOff = taken.progress() == Taken.Progress.LOST || (sourceEnded && !done);
        if (taken.bytes().length > 0 || (sourceEnded && done)) {
            return write(sourceEnded && done, ByteBuffer.wrap(taken.bytes()));
        }
        breakIfLost();
        return null;
    }

    private void breakIfLost() throws EofException {
        if (brokenOff) {
            replicaFailed = true;
            throw new EofException("the replica's answer ended before it was whole");
        }
    }

    /// Keeps the last four bytes, enough to see an empty line.
    private void remember(ByteBuffer bytes) {
        for (int i = Math.max(bytes.position(), bytes.limit() - Integer.BYTES); i < bytes.limit(); i++) {
            tail = tail << Byte.SIZE | bytes.get(i) & 0xFF;
        }
    }

    /// Whether an event added now is one: a part of an event cannot be taken back, and would swallow it.
    private boolean betweenEvents() {
        int lastTwo = tail & 0xFFFF;
        return events && (passed == 0 || lastTwo == 0x0A0A || lastTwo == 0x0D0D || tail == 0x0D0A0D0A);
    }

    private Action write(boolean last, ByteBuffer bytes) throws EofException {
        if (!committed) {
            if (!exchange.commit(from.getStatus(), from.getHeaders(), !last && length < 0 && !bodiless)) {
                throw new EofException("the request has ended");
            }
            committed = true;
        }
        if (last) {
            lastWritten = true;
            attempt.wholeAnswerRead();
        }
        exchange.write(last, bytes, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onSuccess() {
        releaseWritten();
    }

    @Override
    protected void onCompleteSuccess() {
        exchange.answered();
        RequestBody body = exchange.body();
        if (body != null && !body.complete()) {
            attempt.cut();
        }
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        releaseWritten();
        if (!replicaFailed) {
            exchange.clientGone();
            attempt.abandon();
        } else if (lastWritten) {
            exchange.answered();
        } else {
            attempt.answerFailed(cause, committed, betweenEvents());
        }
    }

    private void releaseWritten() {
        Content.Chunk written = writing;
        writing = null;
        if (written != null) {
            written.release();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
