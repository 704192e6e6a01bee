package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Rejection;
import dev.skyhedge.balancer.continuation.Next;
import dev.skyhedge.balancer.keys.KeyUse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/// One client's request from its arrival to exactly one end: answered, refused, broken off, or given up because the
/// client went away. This is the client's side of it, with the answer, the body and the memory that both keep;
/// [Dispatch] is the way to a replica that serves it.
///
/// Thread-safe. The client's end may come at any moment, so the end is claimed atomically in [Answer], and whoever
/// claims it tells the dispatch and gives back what was taken. Its own lock guards only the memory kept for the
/// answer.
final class Exchange implements ClientSide.Occupant {
    private static final int FIRST_FAILURE_STATUS = 500;

    private final Router router;
    private final Request request;
    private final @Nullable RequestBody body;
    private final long begun = System.nanoTime();
    private final Answer answer;
    private final Dispatch dispatch;
    private final @Nullable Resumption resumption;
    private final @Nullable PromptReading prompt;
    private final KeyUse key;
    private final RequestSizing sizing;
    private final long bodyLength;
    private volatile boolean whole;
    private volatile Subject subject;
    private long keptForAnswer;

    Exchange(Router router, Request request, Response response, Callback callback, long bodyLength, KeyUse key) {
        this.router = router;
        this.key = key;
        this.sizing = new RequestSizing(router);
        this.bodyLength = bodyLength;
        this.request = request;
        this.answer = new Answer(request, response, callback);
        BalancerSettings.Limits limits = router.settings().limits();
        this.body = bodyLength == 0
                ? null
                : new RequestBody(
                        request,
                        bodyLength,
                        new KeptBytes(router.memory(), limits.replayBodyBytes(), bodyLength),
                        limits.bodyBytes(),
                        this::clientFailed);
        this.subject = Subject.of(SessionKey.of(request, router.settings().sessions()));
        this.dispatch = new Dispatch(this, router, request.getMethod(), body);
        this.resumption = Resumption.of(router, request, body, bodyLength).orElse(null);
        this.prompt = PromptReading.of(router, request, body, bodyLength).orElse(null);
    }

    Request request() {
        return request;
    }

    @Nullable
    RequestBody body() {
        return body;
    }

    /// What policies may know of it.
    Subject subject() {
        return subject;
    }

    /// Whether the client's key is ours and nothing for a replica.
    boolean isKeyed() {
        return key.isKeyed();
    }

    void begin() {
        router.arrived();
        request.addFailureListener(this::clientFailed);
        // Until it has ended, look() judges silence: it knows whose turn it is.
        request.addIdleTimeoutListener(timeout -> isFinished());
        answer.client().requestStarted(this);
        if (resumption != null) {
            resumption.read(this::proceed);
        } else if (prompt != null) {
            prompt.read(this::proceed);
        } else {
            proceed();
        }
    }

    private void proceed() {
        if (prompt != null) {
            subject = subject.asking(router.readsPrompts() ? prompt.prompt() : Optional.empty());
        }
        subject = subject.sized(sizing.begins(prompt, bodyLength));
        dispatch.proceed();
    }

    /// It has waited for a replica as long as it may.
    void waitedTooLong(Waits.Lack lack) {
        switch (lack) {
            case NOT_READY ->
                refuse(
                        Refusal.NO_REPLICA,
                        Rejection.DEADLINE,
                        router.retryAfter().whenUnserved());
            case FULL -> allAreFull();
        }
    }

    private void allAreFull() {
        refuse(Refusal.FULL, Rejection.FULL, router.retryAfter().whenOverloaded());
    }

    /// It would have to wait for a replica, and too many do.
    void tooManyWait(Waits.Lack lack) {
        switch (lack) {
            case NOT_READY ->
                refuse(
                        Refusal.SATURATED,
                        Rejection.SATURATED,
                        router.retryAfter().whenUnserved());
            case FULL -> allAreFull();
        }
    }

    /// The balancer stops while it waits.
    void stopped() {
        refuse(Refusal.STOPPING, Rejection.NO_REPLICA, router.retryAfter().whenUnserved());
    }

    /// No replica served it; what happened at the last of them is the answer.
    void failed(FailureKind kind) {
        switch (kind) {
            case CONNECT_REFUSED, CONNECT_TIMEOUT ->
                refuse(
                        Refusal.NO_REPLICA,
                        Rejection.NO_REPLICA,
                        router.retryAfter().whenUnserved());
            case TIMEOUT -> fail(Refusal.SLOW);
            case RESET, LOST, BAD_STATUS, BAD_RESPONSE -> fail(Refusal.BROKEN);
        }
    }

    /// This machine is out of sockets: nobody's fault but ours.
    void outOfSockets() {
        refuse(Refusal.SATURATED, Rejection.SATURATED, router.retryAfter().whenOverloaded());
    }

    /// The first byte of a replica's answer is about to be sent; there is no way back. See [Answer#commit].
    boolean commit(int status, HttpFields headers, boolean unknownLength) {
        if (!answer.commit(status, headers, unknownLength, router.stopping())) {
            return false;
        }
        key.answers(status, headers);
        sizing.answers(status, headers);
        if (resumption != null) {
            resumption.level().ifPresent(level -> answer.header(Resumption.LEVEL_HEADER, level));
        }
        if (status < FIRST_FAILURE_STATUS) {
            dispatch.served();
        }
        return true;
    }

    /// What lets it go on from another replica; null for what only goes on as it began.
    @Nullable
    Resumption resumption() {
        return resumption != null && resumption.isFollowed() ? resumption : null;
    }

    /// What a replica is asked; empty for what the client wrote.
    Optional<Resumption.Outgoing> outgoing() {
        return resumption == null ? Optional.empty() : resumption.outgoing(answer.isCommitted());
    }

    /// Whether the client has a part of an answer that now goes on from another replica.
    boolean isResumed() {
        return resumption() != null && answer.isCommitted();
    }

    /// The replica failed after part of its answer was sent: another one goes on with it, or it breaks.
    ///
    /// @param refused it did not take what it was asked to go on with
    void lost(Replica replica, Throwable cause, boolean betweenEvents, boolean refused) {
        Resumption followed = resumption();
        if (followed == null) {
            breakOff(cause, betweenEvents);
            return;
        }
        switch (followed.lost(refused)) {
            case Next.Resume _ -> dispatch.goOnWithout(replica);
            case Next.Close(byte[] bytes) ->
                write(
                        true,
                        ByteBuffer.wrap(bytes),
                        Callback.from(InvocationType.NON_BLOCKING, this::answered, failure -> clientGone()));
            case Next.Break _ -> breakOff(cause, true);
        }
    }

    /// Whether that many bytes of the answer may be kept until it is complete.
    synchronized boolean keep(long bytes) {
        if (isFinished()) {
            return false;
        }
        long more = bytes - keptForAnswer; // an earlier attempt's answer is of no use any more
        boolean kept = more <= 0 || router.memory().take(more);
        keptForAnswer += kept && more > 0 ? more : 0;
        return kept;
    }

    /// Runs something later.
    void after(long millis, Runnable task) {
        router.scheduler().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /// Writes a part of the answer.
    void write(boolean last, ByteBuffer bytes, Callback then) {
        key.passes(bytes);
        sizing.passes(bytes);
        answer.write(last, bytes, then);
    }

    boolean isFinished() {
        return answer.isFinished();
    }

    /// The whole answer was sent.
    void answered() {
        whole = true;
        if (finish()) {
            router.meter().completions.increment();
            router.meter().answered(answer.status());
            router.meter().durations.record(System.nanoTime() - begun);
            answer.succeed();
        }
    }

    /// The replica failed after part of its answer was sent: the client must not take the rest for the end.
    ///
    /// @param betweenEvents an event stream can tell why, before it breaks
    void breakOff(Throwable cause, boolean betweenEvents) {
        if (finish()) {
            router.meter().broken.increment();
            router.meter().answered(answer.status());
            if (betweenEvents) {
                Resumption followed = resumption();
                ByteBuffer event = followed == null ? Refusal.REPLICA_LOST.duplicate() : followed.broken();
                answer.write(false, event, Callback.NOOP);
            }
            answer.fail(cause);
        }
    }

    /// The client went away. Whatever works for it stops.
    @Override
    public void clientGone() {
        if (finish()) {
            router.meter().clientAborts.increment();
            dispatch.abandon();
            answer.client().cut(); // before the end: it fails the write that the end would wait for
            answer.fail(new EofException("client went away"));
        }
    }

    /// What the client sent cannot be used, or nothing more comes.
    private void clientFailed(Throwable cause) {
        if (answer.isCommitted()) {
            clientGone();
        } else if (cause instanceof RequestBody.TooLarge) {
            giveUp(Refusal.TOO_LARGE, Rejection.TOO_LARGE);
        } else if (Failures.isBadContent(cause)) {
            giveUp(Refusal.BAD_REQUEST, Rejection.COMPLIANCE);
        } else {
            clientGone();
        }
    }

    /// What the client sent, or does not send, is no fault of the replica.
    private void giveUp(Refusal refusal, Rejection reason) {
        dispatch.abandon();
        refuse(refusal, reason, Duration.ZERO);
        dispatch.abandon(); // perhaps another attempt has begun in this moment
    }

    @Override
    public void look(long now) {
        long patience = router.settings().clients().timeout().toNanos();
        if (answer.isStalled(now, patience)) {
            clientGone();
        } else if (body != null && answer.isOpen() && body.isStalled(now, patience)) {
            giveUp(Refusal.SLOW_CLIENT, Rejection.SLOW_CLIENT);
        } else if (now - begun > router.settings().timeouts().total().toNanos()) {
            outOfTime();
        } else {
            dispatch.look(now, answer.isWriting());
        }
    }

    /// It has taken longer than anything may.
    private void outOfTime() {
        if (!answer.isCommitted()) {
            dispatch.abandon();
            fail(Refusal.OUT_OF_TIME);
        } else if (finish()) {
            router.meter().broken.increment();
            router.meter().answered(answer.status());
            if (answer.isWriting()) {
                answer.client().cut(); // the end would wait for that
            }
            answer.fail(new TimeoutException("the request has taken too long"));
        }
        dispatch.abandon(); // perhaps another attempt has begun in this moment
    }

    /// @param retryAfter zero to end the connection, too
    private void refuse(Refusal refusal, Rejection reason, Duration retryAfter) {
        if (answer.finishUnanswered()) {
            leave();
            router.meter().rejected(reason);
            router.meter().answered(refusal.status());
            answer.refuse(refusal, Optional.of(retryAfter), retryAfter.isZero(), body);
        } else {
            giveUpResumed(refusal);
        }
    }

    /// No replica went on with it.
    private void giveUpResumed(Refusal refusal) {
        if (isResumed()) {
            breakOff(new EofException(refusal.message()), true);
        }
    }

    private void fail(Refusal refusal) {
        if (answer.finishUnanswered()) {
            leave();
            router.meter().answered(refusal.status());
            answer.refuse(refusal, Optional.empty(), false, body);
        } else {
            giveUpResumed(refusal);
        }
    }

    private boolean finish() {
        boolean first = answer.finish();
        if (first) {
            leave();
        }
        return first;
    }

    private void leave() {
        answer.client().requestEnded();
        if (body != null) {
            body.close();
        }
        if (resumption != null) {
            resumption.close();
        }
        giveBack();
        dispatch.end();
        key.end();
        sizing.ends(whole);
        router.left();
    }

    private synchronized void giveBack() {
        router.memory().give(keptForAnswer);
        keptForAnswer = 0;
    }
}
