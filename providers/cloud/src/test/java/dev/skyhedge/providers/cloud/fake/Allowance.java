package dev.skyhedge.providers.cloud.fake;

import java.time.Duration;
import java.time.Instant;

/// How many calls may still come: so many a second, and as many at once. Thread-safe.
final class Allowance {
    private final int callsPerSecond;
    private double left;
    private Instant countedAt;

    /// @param callsPerSecond 0 for no limit
    Allowance(int callsPerSecond, Instant now) {
        this.callsPerSecond = callsPerSecond;
        this.left = callsPerSecond;
        this.countedAt = now;
    }

    /// Takes one; false if there is none.
    synchronized boolean take(Instant now) {
        if (callsPerSecond == 0) {
            return true;
        }
        double earned = Duration.between(countedAt, now).toMillis() * callsPerSecond / 1_000.0;
        left = Math.min(callsPerSecond, left + earned);
        countedAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
