package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A token bucket that holds one second's worth of calls.
final class CallRate {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private double left;
    private Instant refilled;

    CallRate(double perSecond, Instant now) {
        this.perSecond = perSecond;
        this.left = Math.max(1, perSecond);
        this.refilled = now;
    }

    /// Counts a call; says how it fails if there were too many.
    Optional<Failure> count(Instant now) {
        if (Double.isInfinite(perSecond)) {
            return Optional.empty();
        }
        double seconds = Duration.between(refilled, now).toNanos() / NANOS_PER_SECOND;
        left = Math.min(Math.max(1, perSecond), left + seconds * perSecond);
        refilled = now;
        if (left >= 1) {
            left--;
            return Optional.empty();
        }
        Duration retryAfter = Duration.ofNanos((long) Math.ceil((1 - left) / perSecond * NANOS_PER_SECOND));
        return Optional.of(new Failure.Throttled(retryAfter, "More than " + perSecond + " calls per second"));
    }
}
