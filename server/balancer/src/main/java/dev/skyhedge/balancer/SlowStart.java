package dev.skyhedge.balancer;

/// Ramps the share of a replica that is new or back: it has cold caches, and least load would give it everything at
/// once. Thread-safe; time comes in as `System.nanoTime()`-like values.
final class SlowStart {
    static final double FIRST_SHARE = 0.1;
    static final long RAMP_NANOS = 10_000_000_000L;

    private volatile boolean ramping;
    private volatile long began;
    private double credit;

    void begin(long now) {
        began = now;
        ramping = true;
    }

    /// The part of its full share that it gets: from [#FIRST_SHARE] to 1.
    double share(long now) {
        if (!ramping) {
            return 1;
        }
        double passed = (double) (now - began) / RAMP_NANOS;
        if (passed >= 1) {
            ramping = false;
            return 1;
        }
        return FIRST_SHARE + (1 - FIRST_SHARE) * Math.max(0, passed);
    }

    /// For a policy of turns: takes the given part of its turns and lets the others pass.
    ///
    /// @param share above 0, at most 1
    synchronized boolean takesTurn(double share) {
        credit += share;
        if (credit < 1) {
            return false;
        }
        credit--;
        return true;
    }
}
