package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Rejection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One client's request on its way through any number of attempts to exactly one end: answered, refused, broken
/// off, or given up because the client went away.
///
/// One step runs at a time (choose, attempt, hold); the client's end may come at any moment, so the end is
/// claimed atomically and every step checks for it.
final class Exchange implements ClientEndPoint.Occupant {
    private static final int FIRST_FAILURE_STATUS = 500;

    /// How long a replica that cut an answer may take to turn out to be dying.
    private static final long SUSPICION_NANOS = 1_000_000_000L;

    private static final long SUSPICION_STEP_MILLIS = 100;

    private final Router router;
    private final Request request;
    private final @Nullable RequestBody body;
    private final long begun = System.nanoTime();
    private final Answer answer;
    private final Retries retries;
    private final Waits waits;
    private volatile @Nullable Attempt current;
    private long keptForAnswer;
    private Retries.Next afterRefusal = Retries.Next.NOWHERE;
    private final Blame<Replica> blame = new Blame<>();
    private volatile @Nullable Suspicion suspicion;

    /// Its answer was cut in the middle: by a replica that dies, or because of the request?
    ///
    /// @param until when it is taken for the fault of the request
    private record Suspicion(Replica replica, FailureKind kind, long until) {}

    Exchange(Router router, Request request, Response response, Callback callback, long bodyLength) {
        this.router = router;
        this.retries = new Retries(router);
        this.request = request;
        this.answer = new Answer(request, response, callback);
        this.waits = new Waits(router.scheduler(), router.settings().hold().timeout(), this::holdExpired);
        BalancerSettings.Limits limits = router.settings().limits();
        this.body = bodyLength == 0
                ? null
                : new RequestBody(
                        request,
                        bodyLength,
                        new KeptBytes(router.memory(), limits.replayBodyBytes(), bodyLength),
                        limits.bodyBytes(),
                        this::clientFailed);
    }

    Request request() {
        return request;
    }

    @Nullable
    RequestBody body() {
        return body;
    }

    void begin() {
        router.arrived();
        request.addFailureListener(this::clientFailed);
        // Until it has ended, look() judges silence: it knows whose turn it is.
        request.addIdleTimeoutListener(timeout -> isFinished());
        answer.endPoint().requestStarted(this);
        proceed();
    }

    /// Goes to the next replica, or waits for one.
    private void proceed() {
        if (isFinished()) {
            return;
        }
        Replica replica = router.choose(retries.tried());
        if (replica == null) {
            hold();
        } else {
            attempt(replica, false);
        }
    }

    private void attempt(Replica replica, boolean fresh) {
        retries.attempted();
        Attempt next = new Attempt(this, router, replica, fresh);
        current = next;
        next.start();
        if (isFinished()) {
            next.abandon();
        }
    }

    private void hold() {
        if (!waits.begin()) {
            refuse(Refusal.NO_REPLICA, Rejection.DEADLINE, router.retryAfter().whenUnserved());
        } else if (!router.hold(this, keptBytes())) {
            refuse(Refusal.SATURATED, Rejection.SATURATED, router.retryAfter().whenUnserved());
        } else if (isFinished()) {
            router.waiting().leave(this);
        } else {
            router.waiting().release();
        }
    }

    /// Waits before the next try: the replicas that it went to have just failed it.
    private void postpone() {
        if (!waits.begin()) {
            refuse(Refusal.NO_REPLICA, Rejection.DEADLINE, router.retryAfter().whenUnserved());
        } else if (!router.waiting().postpone(this, keptBytes(), retries.nextWaitMillis())) {
            refuse(Refusal.SATURATED, Rejection.SATURATED, router.retryAfter().whenUnserved());
        } else if (isFinished()) {
            router.waiting().leave(this);
        }
    }

    private long keptBytes() {
        return body == null ? 0 : body.keptBytes();
    }

    /// Whether there is a replica that has not refused this. Called while it waits.
    boolean hasOtherReplica() {
        Suspicion open = suspicion;
        if (open != null) {
            return router.isGone(open.replica());
        }
        return router.hasOther(retries.tried());
    }

    /// There is one now. Called by the router, after the request left the queue.
    void resumeElsewhere() {
        router.meter().holdWaits.record(waits.end());
        goOn();
    }

    /// A replica has room again. Called by the router, after the request left the queue.
    void resume() {
        router.meter().holdWaits.record(waits.end());
        if (suspicion == null) {
            retries.waited();
        }
        goOn();
    }

    private void goOn() {
        Suspicion open = suspicion;
        if (open == null) {
            proceed();
        } else {
            decide(open);
        }
    }

    /// Looks whether the replica that cut its answer is dying or ejected; waits a little before it believes that it
    /// is well.
    private void decide(Suspicion open) {
        if (router.isGone(open.replica())) {
            suspicion = null;
            router.meter().retries.increment();
            proceed();
            return;
        }
        if (System.nanoTime() - open.until() >= 0) {
            suspicion = null;
            answerFailure(open.kind());
            return;
        }
        if (!waits.begin() || !router.waiting().postpone(this, keptBytes(), SUSPICION_STEP_MILLIS)) {
            answerFailure(open.kind());
        } else if (isFinished()) {
            router.waiting().leave(this);
        } else {
            router.look(open.replica());
        }
    }

    private void holdExpired() {
        if (router.waiting().leave(this)) {
            refuse(Refusal.NO_REPLICA, Rejection.DEADLINE, router.retryAfter().whenUnserved());
        }
    }

    /// The balancer stops and will not get a replica any more. Called after the request left the queue.
    void stopHeld() {
        refuse(Refusal.STOPPING, Rejection.NO_REPLICA, router.retryAfter().whenUnserved());
    }

    /// An attempt ended without an answer and before anything of one was sent to the client.
    ///
    /// @param stale a kept connection was closed by the replica before it answered: most likely a race with its
    ///     idle timeout, which says nothing about the replica
    /// @param begun the replica had begun to answer
    void attemptFailed(Replica replica, FailureKind kind, boolean stale, boolean begun) {
        if (isFinished()) {
            return;
        }
        if (!stale) {
            failedAt(replica, kind);
        }
        if (stale && mayRepeat() && retries.forgivesStale(replica)) {
            if (replica.takesRequests()) {
                attempt(replica, true);
            } else {
                proceed();
            }
            return;
        }
        Retries.Next next = afterFailure(replica, kind, begun);
        if (next == Retries.Next.NOWHERE) {
            answerFailure(kind);
        } else if (next == Retries.Next.IF_IT_DIES) {
            var open = new Suspicion(replica, kind, System.nanoTime() + SUSPICION_NANOS);
            suspicion = open;
            router.blame(blame.unserved()); // nobody else will be asked as long as it is believed to live
            decide(open);
        } else {
            router.meter().retries.increment();
            go(next);
        }
    }

    /// A replica had this and did not serve it.
    void failedAt(Replica replica, FailureKind kind) {
        if (kind.isOfAnswer()) {
            blame.failed(replica);
        }
    }

    private Retries.Next afterFailure(Replica replica, FailureKind kind, boolean begun) {
        if (begun && kind.isOfAnswer()) {
            return mayRepeat() ? retries.afterCutInAnswer(replica) : Retries.Next.NOWHERE;
        }
        return switch (kind) {
            case CONNECT_REFUSED, CONNECT_TIMEOUT ->
                isBodyKept() ? retries.afterNothingSent(replica) : Retries.Next.NOWHERE;
            case LOST -> mayRepeat() ? retries.afterNothingSent(replica) : Retries.Next.NOWHERE;
            case RESET, BAD_STATUS, BAD_RESPONSE -> mayRepeat() ? retries.afterCut(replica) : Retries.Next.NOWHERE;
            case TIMEOUT -> Retries.Next.NOWHERE;
        };
    }

    private void go(Retries.Next next) {
        switch (next) {
            case ELSEWHERE -> proceed();
            case ELSEWHERE_SOON ->
                router.scheduler().schedule(this::proceed, retries.pauseMillis(), TimeUnit.MILLISECONDS);
            case LATER -> postpone();
            case NOWHERE, IF_IT_DIES -> throw new IllegalStateException("it goes nowhere: " + next);
        }
    }

    /// A replica answered that it cannot serve this now; goes to another one, or later to any if that may help.
    ///
    /// @param broken it answered 502, 503 or 504, as a replica does that shuts down
    /// @return false if its answer should be passed on
    boolean retryElsewhere(Replica replica, boolean broken) {
        if (isFinished() || !mayRepeat()) {
            return false;
        }
        afterRefusal = retries.afterRefusal(replica, broken);
        if (afterRefusal == Retries.Next.NOWHERE) {
            return false;
        }
        router.meter().retries.increment();
        return true;
    }

    /// The second half of [#retryElsewhere]: the failed attempt is closed.
    void goElsewhere() {
        go(afterRefusal);
    }

    private boolean isBodyKept() {
        return body == null || body.replayable();
    }

    private boolean mayRepeat() {
        boolean safe = router.settings().retry().idempotent() || Methods.isIdempotent(request.getMethod());
        return safe && isBodyKept();
    }

    private void answerFailure(FailureKind kind) {
        switch (kind) {
            case CONNECT_REFUSED, CONNECT_TIMEOUT ->
                refuse(Refusal.NO_REPLICA, Rejection.NO_REPLICA, router.retryAfter().whenUnserved());
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
        if (status < FIRST_FAILURE_STATUS) {
            router.blame(blame.served());
        }
        return true;
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
        answer.write(last, bytes, then);
    }

    boolean isFinished() {
        return answer.isFinished();
    }

    /// The whole answer was sent.
    void answered() {
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
                answer.write(false, Refusal.REPLICA_LOST.duplicate(), Callback.NOOP);
            }
            answer.fail(cause);
        }
    }

    /// The client went away. Whatever works for it stops.
    @Override
    public void clientGone() {
        if (finish()) {
            router.meter().clientAborts.increment();
            router.waiting().leave(this);
            abandonAttempt();
            answer.endPoint().close(); // before the end: it fails the write that the end would wait for
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
        abandonAttempt();
        router.waiting().leave(this);
        refuse(refusal, reason, Duration.ZERO);
        abandonAttempt(); // perhaps another one has begun in this moment
    }

    @Override
    public void look(long now) {
        long patience = router.settings().clients().timeout().toNanos();
        if (answer.isStalled(now, patience)) {
            clientGone();
        } else if (body != null && answer.isOpen() && body.isStalled(now, patience)) {
            giveUp(Refusal.SLOW_CLIENT, Rejection.SLOW_CLIENT);
        } else {
            lookAtReplica(now);
        }
    }

    private void lookAtReplica(long now) {
        Attempt running = current;
        if (running != null) {
            boolean clientsTurn = answer.isWriting() || (body != null && body.awaitsClient());
            long patience = router.settings().timeouts().streamIdle().toNanos();
            running.look(now, body == null ? 0 : body.handedOut(), clientsTurn, patience);
        }
    }

    private void abandonAttempt() {
        Attempt running = current;
        if (running != null) {
            running.abandon();
        }
    }

    /// @param retryAfter zero to end the connection, too
    private void refuse(Refusal refusal, Rejection reason, Duration retryAfter) {
        if (answer.finishUnanswered()) {
            leave();
            router.meter().rejected(reason);
            router.meter().answered(refusal.status());
            answer.refuse(refusal, Optional.of(retryAfter), retryAfter.isZero(), body);
        }
    }

    private void fail(Refusal refusal) {
        if (answer.finishUnanswered()) {
            leave();
            router.meter().answered(refusal.status());
            answer.refuse(refusal, Optional.empty(), false, body);
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
        answer.endPoint().requestEnded();
        waits.cancel();
        if (body != null) {
            body.close();
        }
        giveBack();
        router.blame(blame.unserved());
        router.left();
    }

    private synchronized void giveBack() {
        router.memory().give(keptForAnswer);
        keptForAnswer = 0;
    }
}
