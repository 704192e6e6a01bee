package dev.skyhedge.balancer;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The way of one request from replica to replica until one serves it: chooses, attempts, waits, and decides after
/// each failure where it goes next and whom that counts against. It knows nothing of the client; how its way ends
/// it tells the [Exchange], which knows nothing of replicas.
///
/// One step runs at a time (choose, attempt, wait), each begun by the end of the one before, so the steps need no
/// lock; what they share with the exchange's end, which may come at any moment from any thread, is volatile or
/// guards itself. Every step looks whether the end has come, and looks again after it has begun something that the
/// end would have stopped.
final class Dispatch {
    /// How long a replica that cut an answer may take to turn out to be dying.
    private static final long SUSPICION_NANOS = 1_000_000_000L;

    private static final long SUSPICION_STEP_MILLIS = 100;

    private final Exchange exchange;
    private final Router router;
    private final @Nullable RequestBody body;
    private final Retries retries;
    private final Waits waits;
    private final Blame<Replica> blame = new Blame<>();
    private volatile @Nullable Attempt current;
    private volatile @Nullable Suspicion suspicion;
    private Retries.Next afterRefusal = Retries.Next.NOWHERE;

    /// Its answer was cut in the middle: by a replica that dies, or because of the request?
    ///
    /// @param until when it is taken for the fault of the request
    private record Suspicion(Replica replica, FailureKind kind, long until) {}

    /// @param body null if it has none
    Dispatch(Exchange exchange, Router router, String method, @Nullable RequestBody body) {
        this.exchange = exchange;
        this.router = router;
        this.body = body;
        this.retries = new Retries(router, method, body);
        this.waits = new Waits(router.scheduler(), router.settings().hold(), this::holdExpired);
    }

    /// Goes to the next replica, or waits for one.
    void proceed() {
        if (exchange.isFinished()) {
            return;
        }
        Pick pick = router.choose(retries.tried(), exchange.subject());
        if (pick == null) {
            hold();
        } else {
            attempt(pick, false);
        }
    }

    private void attempt(Pick pick, boolean fresh) {
        retries.attempted();
        Attempt next = new Attempt(exchange, this, router, pick, fresh);
        current = next;
        next.start();
        if (exchange.isFinished()) {
            next.abandon();
        }
    }

    private void hold() {
        Waits.Lack lack = router.lack();
        if (!waits.begin(lack)) {
            exchange.waitedTooLong(lack);
        } else if (!router.hold(this, keptBytes())) {
            exchange.tooManyWait(lack);
        } else if (exchange.isFinished()) {
            router.waiting().leave(this);
        } else {
            router.waiting().release();
        }
    }

    /// Waits before the next try: the replicas that it went to have just failed it.
    private void postpone() {
        if (!waits.begin(Waits.Lack.NOT_READY)) {
            exchange.waitedTooLong(Waits.Lack.NOT_READY);
        } else if (!router.waiting().postpone(this, keptBytes(), retries.nextWaitMillis())) {
            exchange.tooManyWait(Waits.Lack.NOT_READY);
        } else if (exchange.isFinished()) {
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

    /// There is one now. Called by the waiting room, after the request left it.
    void resumeElsewhere() {
        router.meter().holdWaits.record(waits.end());
        goOn();
    }

    /// A replica has room again. Called by the waiting room, after the request left it.
    void resume() {
        router.meter().holdWaits.record(waits.end());
        if (suspicion == null) {
            retries.waited();
        }
        goOn();
    }

    /// The balancer stops and will not get a replica any more. Called after the request left the waiting room.
    void stopHeld() {
        exchange.stopped();
    }

    private void holdExpired() {
        if (!router.waiting().leave(this)) {
            return;
        }
        if (waits.lack() == router.lack()) {
            exchange.waitedTooLong(waits.lack());
        } else {
            waits.end(); // a cold start is not an overload: what it lacks now has a limit of its own
            proceed();
        }
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
            exchange.failed(open.kind());
            return;
        }
        if (!waits.begin(Waits.Lack.NOT_READY)
                || !router.waiting().postpone(this, keptBytes(), SUSPICION_STEP_MILLIS)) {
            exchange.failed(open.kind());
        } else if (exchange.isFinished()) {
            router.waiting().leave(this);
        } else {
            router.look(open.replica());
        }
    }

    /// An attempt ended without an answer and before anything of one was sent to the client.
    ///
    /// @param stale a kept connection was closed by the replica before it answered: most likely a race with its
    ///     idle timeout, which says nothing about the replica
    /// @param begun the replica had begun to answer
    void attemptFailed(Pick pick, FailureKind kind, boolean stale, boolean begun) {
        Replica replica = pick.replica();
        if (exchange.isFinished()) {
            return;
        }
        if (!stale) {
            failedAt(replica, kind);
        }
        if (stale && retries.forgivesStale(replica)) {
            if (replica.takesRequests()) {
                attempt(pick, true);
            } else {
                proceed();
            }
            return;
        }
        Retries.Next next = retries.afterFailure(replica, kind, begun);
        if (next == Retries.Next.NOWHERE) {
            exchange.failed(kind);
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

    /// The client has a part of the answer, and another replica goes on with it.
    void goOnWithout(Replica lost) {
        retries.lost(lost);
        proceed();
    }

    /// A replica had this and did not serve it.
    void failedAt(Replica replica, FailureKind kind) {
        if (kind.isOfAnswer()) {
            blame.failed(replica);
        }
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
        if (exchange.isFinished()) {
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

    /// A replica's good answer goes to the client: those that failed this before are to blame.
    void served() {
        router.blame(blame.served());
    }

    /// Looks whether the replica has been silent for too long. Called by a timer, now and then.
    ///
    /// @param clientTakes the client is waited for, to take what it gets
    void look(long now, boolean clientTakes) {
        Attempt running = current;
        if (running != null) {
            boolean clientsTurn = clientTakes || (body != null && body.awaitsClient());
            BalancerSettings.Timeouts limits = router.settings().timeouts();
            running.look(now, body == null ? 0 : body.handedOut(), clientsTurn, limits);
        }
    }

    /// Nobody wants an answer any more: stops whatever works for it. May come at any moment.
    void abandon() {
        router.waiting().leave(this);
        Attempt running = current;
        if (running != null) {
            running.abandon();
        }
    }

    /// The exchange has ended, well or not; no step will follow. May come at any moment.
    void end() {
        waits.cancel();
        router.blame(blame.unserved());
    }
}
