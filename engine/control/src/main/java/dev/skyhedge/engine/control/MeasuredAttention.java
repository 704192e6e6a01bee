package dev.skyhedge.engine.control;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Compares the clock with time that passes whatever the clock is set to. A longer gap than there can be
/// while the process works counts as no more than that: in the rest of it nobody looked.
final class MeasuredAttention implements Attention {
    /// What a clock may be corrected by at a time without being set.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final LongSupplier nanos;
    private final Duration longest;
    private @Nullable Instant lastNow;
    private long lastNanos;

    MeasuredAttention(LongSupplier nanos, Duration longest) {
        this.nanos = nanos;
        this.longest = longest;
    }

    @Override
    public Duration lost(Instant now) {
        long nowNanos = nanos.getAsLong();
        Instant before = lastNow;
        Duration gap = Duration.ofNanos(nowNanos - lastNanos);
        lastNow = now;
        lastNanos = nowNanos;
        if (before == null) {
            return Duration.ZERO;
        }
        Duration lived = gap.compareTo(longest) < 0 ? gap : longest;
        Duration lost = Duration.between(before, now).minus(lived);
        return lost.abs().compareTo(TOLERANCE) < 0 ? Duration.ZERO : lost;
    }
}
