package dev.skyhedge.balancer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the failed attempts at one request say about its next one, and whether it may be sent once more at all. Used
/// by one step of the request at a time.
///
/// A request leaves a replica that failed it for another at once. When there is no other it waits, in growing
/// steps: the replica may be shutting down or dying, with the next routing table on its way. A request that is cut
/// again and again, by whichever replicas, is likely to be what breaks them and is given up.
final class Retries {
    /// Attempts in all, failed connects and every round through the hold queue included.
    private static final int MAX_ATTEMPTS = 100;

    private static final long FIRST_WAIT_MILLIS = 25;
    private static final BackOff WAITS_MILLIS = new BackOff(FIRST_WAIT_MILLIS, 1_000);
    private static final long FIRST_WAIT_AFTER_CUT_MILLIS = 200;
    private static final int GROWTH_AFTER_CUT = 4;

    /// Where the request goes after a failed attempt.
    enum Next {
        /// To a replica that it was not at, at once.
        ELSEWHERE,
        /// To a replica that it was not at, after a pause: two in a row failed it.
        ELSEWHERE_SOON,
        /// To any replica, after [#nextWaitMillis()].
        LATER,
        /// To another replica if the one that failed it turns out to be dying; else nowhere.
        IF_IT_DIES,
        /// Nowhere: the failure is the answer.
        NOWHERE
    }

    private final Router router;
    private final String method;
    private final @Nullable RequestBody body;
    private final Set<Replica> tried = new HashSet<>();
    private int attempts;
    private final Map<Replica, Integer> cuts = new HashMap<>();
    private final Set<Replica> stale = new HashSet<>();
    private int refusals;
    private int waits;
    private long nextWaitMillis;
    private long unavailableSince;
    private int replicasThatCut;

    /// @param body null if it has none
    Retries(Router router, String method, @Nullable RequestBody body) {
        this.router = router;
        this.method = method;
        this.body = body;
    }

    /// Replicas that failed it since it last waited.
    Set<Replica> tried() {
        return tried;
    }

    /// A replica was lost in the middle of its answer.
    void lost(Replica replica) {
        tried.add(replica);
    }

    void attempted() {
        attempts++;
    }

    /// It waited: whatever refused it then may be back.
    void waited() {
        tried.clear();
    }

    /// A kept connection was closed before anything was answered: most likely a race with the replica's idle
    /// timeout, which says nothing about the replica. Forgiven once for each replica; a new connection shows
    /// whether it has died.
    boolean forgivesStale(Replica replica) {
        if (!mayRepeat()) {
            return false;
        }
        countCut(replica); // forgiven to the replica; but perhaps it was the request
        return stale.add(replica) && !isSentTooOften();
    }

    private void countCut(Replica replica) {
        cuts.merge(replica, 1, Integer::sum);
    }

    private boolean isBodyKept() {
        return body == null || body.replayable();
    }

    private boolean mayRepeat() {
        boolean safe = router.settings().retry().idempotent() || Methods.isIdempotent(method);
        return safe && isBodyKept();
    }

    /// An attempt ended without an answer and before anything of one was sent to the client.
    ///
    /// @param begun the replica had begun to answer
    Next afterFailure(Replica replica, FailureKind kind, boolean begun) {
        if (begun && kind.isOfAnswer()) {
            return mayRepeat() ? afterCutInAnswer(replica) : Next.NOWHERE;
        }
        return switch (kind) {
            case CONNECT_REFUSED, CONNECT_TIMEOUT -> isBodyKept() ? afterNothingSent(replica) : Next.NOWHERE;
            case LOST -> mayRepeat() ? afterNothingSent(replica) : Next.NOWHERE;
            case RESET, BAD_STATUS, BAD_RESPONSE -> mayRepeat() ? afterCut(replica) : Next.NOWHERE;
            case TIMEOUT -> Next.NOWHERE;
        };
    }

    /// A replica was not reached, or was taken away by us: costs nobody anything.
    private Next afterNothingSent(Replica replica) {
        tried.add(replica);
        return attempts < MAX_ATTEMPTS ? Next.ELSEWHERE : Next.NOWHERE;
    }

    /// A replica got the request and broke the connection before it answered.
    ///
    /// Leaving a dead replica loads nobody twice, and a first cut may be its death. Retries between the living are
    /// rationed.
    private Next afterCut(Replica replica) {
        tried.add(replica);
        countCut(replica);
        replicasThatCut++;
        if (isSentTooOften()) {
            return Next.NOWHERE;
        }
        if (!router.hasOther(tried)) {
            return laterIfItMayHelp(FIRST_WAIT_AFTER_CUT_MILLIS * (countCuts() > 1 ? GROWTH_AFTER_CUT : 1));
        }
        if (replicasThatCut + refusals < 2) {
            return Next.ELSEWHERE;
        }
        return !router.isAlive(replica) || router.takeRetry() ? Next.ELSEWHERE_SOON : Next.NOWHERE;
    }

    /// A replica broke the connection off in its answer, of which the client has nothing yet. It had done the work
    /// by then, so another one would do the same with it: only if the replica is dying was it not the request.
    private Next afterCutInAnswer(Replica replica) {
        tried.add(replica);
        countCut(replica);
        return isSentTooOften() ? Next.NOWHERE : Next.IF_IT_DIES;
    }

    /// Replicas that died in the meantime most likely did so by themselves; but only so many.
    private boolean isSentTooOften() {
        int byLiving = cuts.entrySet().stream()
                .filter(cut -> !router.isGone(cut.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return attempts >= MAX_ATTEMPTS || byLiving >= limit() || countCuts() > limit();
    }

    private int countCuts() {
        return cuts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// A replica answered that it cannot serve this now.
    ///
    /// @param broken it answered 502, 503 or 504, as a replica does that shuts down
    Next afterRefusal(Replica replica, boolean broken) {
        if (!mayRepeat() || attempts >= MAX_ATTEMPTS) {
            return Next.NOWHERE;
        }
        tried.add(replica);
        boolean maySend = countCuts() + refusals + 1 < limit();
        if (maySend && router.hasOther(tried) && (!router.isAlive(replica) || router.takeRetry())) {
            refusals++;
            return Next.ELSEWHERE;
        }
        return broken ? laterIfItMayHelp(growingWait()) : Next.NOWHERE;
    }

    private int limit() {
        return router.settings().retry().attempts();
    }

    private Next laterIfItMayHelp(long waitMillis) {
        nextWaitMillis = waitMillis;
        long now = System.nanoTime();
        unavailableSince = unavailableSince == 0 ? now : unavailableSince;
        long patience = router.settings().timeouts().unavailable().toNanos();
        return now - unavailableSince < patience ? Next.LATER : Next.NOWHERE;
    }

    /// How long it waits before it goes elsewhere after two failures in a row.
    long pauseMillis() {
        return router.jitter(FIRST_WAIT_MILLIS, 0.5);
    }

    private long growingWait() {
        return WAITS_MILLIS.after(++waits);
    }

    /// How long it waits before it goes to any replica again; more each time, and much more after a cut.
    long nextWaitMillis() {
        return router.jitter(nextWaitMillis, 0.5);
    }
}
