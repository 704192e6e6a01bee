package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.BreakerState;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes a replica out of the choice while it fails. Thread-safe; time comes in as `System.nanoTime()`-like
/// values.
///
/// Closed until one refused connect, two connect timeouts within 5 s, five other failures in a row, or half of
/// at least ten outcomes in 10 s. Then open for 1 s, doubling up to 30 s with every ejection in a row. After
/// that one request is let through as a trial: it closes the breaker or opens it again. Aborted clients and
/// refused content never count.
final class Breaker {
    static final int CONNECT_TIMEOUTS = 2;
    static final long CONNECT_TIMEOUT_WINDOW_NANOS = 5_000_000_000L;
    static final int FAILURES_IN_A_ROW = 5;
    static final int RATIO_OUTCOMES = 10;
    static final long RATIO_WINDOW_NANOS = 10_000_000_000L;
    static final long FIRST_OPEN_NANOS = 1_000_000_000L;
    static final long MAX_OPEN_NANOS = 30_000_000_000L;
    static final double JITTER = 0.2;
    static final int MAX_TRIALS = 8;
    static final long TRIAL_SPACING_NANOS = 100_000_000L;

    /// What an outcome changed.
    enum Change {
        NONE,
        OPENED,
        CLOSED
    }

    private final RandomGenerator random;
    private volatile BreakerState state = BreakerState.CLOSED;
    private int openings;
    private long openUntil;
    private int trials;
    private long lastTrial;
    private @Nullable FailureKind openedBy;
    private int failuresInARow;
    private int connectTimeouts;
    private long lastConnectTimeout;
    private volatile boolean clean = true;
    private long windowStart;
    private int windowFailures;
    private int windowOutcomes;

    Breaker(RandomGenerator random) {
        this.random = random;
    }

    /// Whether a request may go through now; does not claim the trial.
    boolean permits(long now) {
        return state == BreakerState.CLOSED || permitsAfterFailure(now);
    }

    private synchronized boolean permitsAfterFailure(long now) {
        return switch (state) {
            case CLOSED -> true;
            case OPEN -> now - openUntil >= 0;
            case HALF_OPEN -> trials == 0 || permitsAnotherTrial(now);
        };
    }

    /// A replica that accepts connections again and has not failed its trial for a while is most likely well, and
    /// its answer may take a minute: some more may follow.
    private boolean permitsAnotherTrial(long now) {
        return isConnectClass() && trials < MAX_TRIALS && now - lastTrial >= TRIAL_SPACING_NANOS;
    }

    private boolean isConnectClass() {
        return openedBy != null && openedBy.isConnect();
    }

    /// Claims the right to send one request; in an expired open state that is the one trial.
    ///
    /// @return false if another request holds the trial or the breaker is open
    boolean acquire(long now) {
        return state == BreakerState.CLOSED || acquireTrial(now);
    }

    private synchronized boolean acquireTrial(long now) {
        if (!permitsAfterFailure(now)) {
            return false;
        }
        if (state != BreakerState.CLOSED) {
            state = BreakerState.HALF_OPEN;
            trials++;
            lastTrial = now;
        }
        return true;
    }

    /// True while it is open because of answers and not because of failed connects: the replica may be alive.
    boolean openedByResponse() {
        return state != BreakerState.CLOSED && isOpenByResponse();
    }

    private synchronized boolean isOpenByResponse() {
        return state != BreakerState.CLOSED && isResponseClass();
    }

    private boolean isResponseClass() {
        return openedBy == FailureKind.BAD_STATUS || openedBy == FailureKind.TIMEOUT;
    }

    /// True while it is open because nothing accepted connections, or perhaps will not: after a series of resets
    /// the replica is often just gone.
    synchronized boolean openedByConnect() {
        boolean perhapsGone = openedBy == FailureKind.RESET && openings == 1;
        return state == BreakerState.OPEN && (isConnectClass() || perhapsGone);
    }

    /// Something was seen of the replica that is worth a trial before its time.
    synchronized void offerTrial(long now) {
        if (state == BreakerState.OPEN && openUntil - now > 0) {
            openUntil = now;
        }
    }

    BreakerState state() {
        return state;
    }

    /// Ejections in a row.
    synchronized int openings() {
        return openings;
    }

    /// Nanoseconds until a trial is allowed, at least 0.
    synchronized long nanosUntilTrial(long now) {
        return state == BreakerState.OPEN ? Math.max(0, openUntil - now) : 0;
    }

    Change succeeded(long now) {
        return clean ? Change.NONE : succeededAfterFailure(now);
    }

    private synchronized Change succeededAfterFailure(long now) {
        failuresInARow = 0;
        count(now, false);
        if (state == BreakerState.CLOSED) {
            clean = windowFailures == 0 && openings == 0;
            return Change.NONE;
        }
        if (state == BreakerState.OPEN && !isResponseClass()) {
            return Change.NONE; // an answer from before the replica stopped accepting
        }
        state = BreakerState.CLOSED;
        trials = 0;
        openings = 0;
        connectTimeouts = 0;
        windowFailures = 0;
        windowOutcomes = 0;
        clean = true;
        return Change.CLOSED;
    }

    /// The attempt ended without saying anything about the replica.
    synchronized void neutral() {
        trials = Math.max(0, trials - 1);
    }

    synchronized Change failed(FailureKind kind, long now) {
        clean = false;
        count(now, true);
        failuresInARow++;
        boolean trialFailed = state == BreakerState.HALF_OPEN;
        if (state == BreakerState.OPEN || !(trialFailed || tripped(kind, now))) {
            return Change.NONE;
        }
        state = BreakerState.OPEN;
        trials = 0;
        openedBy = kind;
        openings++;
        openUntil = now + openNanos();
        return Change.OPENED;
    }

    private boolean tripped(FailureKind kind, long now) {
        return switch (kind) {
            case CONNECT_REFUSED -> true;
            case CONNECT_TIMEOUT -> {
                connectTimeouts = now - lastConnectTimeout <= CONNECT_TIMEOUT_WINDOW_NANOS ? connectTimeouts + 1 : 1;
                lastConnectTimeout = now;
                yield connectTimeouts >= CONNECT_TIMEOUTS;
            }
            case LOST -> false;
            case RESET, TIMEOUT, BAD_STATUS, BAD_RESPONSE ->
                failuresInARow >= FAILURES_IN_A_ROW
                        || (windowOutcomes >= RATIO_OUTCOMES && windowFailures * 2 >= windowOutcomes);
        };
    }

    private void count(long now, boolean failure) {
        if (now - windowStart > RATIO_WINDOW_NANOS) {
            windowStart = now;
            windowFailures = 0;
            windowOutcomes = 0;
        }
        windowOutcomes++;
        windowFailures += failure ? 1 : 0;
    }

    private long openNanos() {
        int doublings = Math.min(openings - 1, 5);
        long base = Math.min(MAX_OPEN_NANOS, FIRST_OPEN_NANOS << doublings);
        return (long) (base * (1 + JITTER * (2 * random.nextDouble() - 1)));
    }
}
