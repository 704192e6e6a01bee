package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.BreakerState;
import java.util.random.RandomGenerator;

/// Takes a replica out of the choice while nothing accepts connections there. What it answers is not judged here:
/// see [Standing]. Thread-safe; time comes in as `System.nanoTime()`-like values.
///
/// Closed until one refused connect or two connect timeouts within 5 s. Then open for 1 s, doubling up to 30 s with
/// every ejection in a row. After that requests are let through as trials: an answer closes it, a failed connect
/// opens it again. A request that is cut on a connection proves neither: it was accepted, and may itself be what
/// breaks.
final class Breaker {
    static final int CONNECT_TIMEOUTS = 2;
    static final long CONNECT_TIMEOUT_WINDOW_NANOS = 5_000_000_000L;
    static final long FIRST_OPEN_NANOS = 1_000_000_000L;
    static final long MAX_OPEN_NANOS = 30_000_000_000L;
    static final double JITTER = 0.2;
    static final int MAX_TRIALS = 8;
    static final long TRIAL_SPACING_NANOS = 100_000_000L;
    private static final BackOff OPENINGS = new BackOff(FIRST_OPEN_NANOS, MAX_OPEN_NANOS);

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
    private int connectTimeouts;
    private long lastConnectTimeout;

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
        return trials < MAX_TRIALS && now - lastTrial >= TRIAL_SPACING_NANOS;
    }

    /// Claims the right to send one request; in an expired open state that is the trial.
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

    /// It answered, whatever it was.
    Change answered() {
        return state == BreakerState.CLOSED ? Change.NONE : answeredAfterFailure();
    }

    private synchronized Change answeredAfterFailure() {
        if (state != BreakerState.HALF_OPEN) {
            return Change.NONE; // an answer from before the replica stopped accepting
        }
        state = BreakerState.CLOSED;
        trials = 0;
        openings = 0;
        connectTimeouts = 0;
        return Change.CLOSED;
    }

    /// The attempt ended without saying whether the replica can be reached.
    void neutral() {
        if (state != BreakerState.CLOSED) {
            giveTrialBack();
        }
    }

    private synchronized void giveTrialBack() {
        trials = Math.max(0, trials - 1);
    }

    /// It could not be connected to.
    ///
    /// @param timedOut there was no answer at all, as opposed to a refusal
    synchronized Change unreachable(boolean timedOut, long now) {
        boolean trialFailed = state == BreakerState.HALF_OPEN;
        if (state == BreakerState.OPEN || !(trialFailed || !timedOut || isSecondTimeout(now))) {
            return Change.NONE;
        }
        state = BreakerState.OPEN;
        trials = 0;
        openings++;
        openUntil = now + openNanos();
        return Change.OPENED;
    }

    private boolean isSecondTimeout(long now) {
        connectTimeouts = now - lastConnectTimeout <= CONNECT_TIMEOUT_WINDOW_NANOS ? connectTimeouts + 1 : 1;
        lastConnectTimeout = now;
        return connectTimeouts >= CONNECT_TIMEOUTS;
    }

    private long openNanos() {
        long base = OPENINGS.after(openings);
        return (long) (base * (1 + JITTER * (2 * random.nextDouble() - 1)));
    }
}
