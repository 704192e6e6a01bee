package dev.skyhedge.engine.accelerators;

import java.time.Duration;

/// How much effort an answer is worth.
///
/// @param time for one program; above 0
/// @param gap the difference to the best, relative to it, at which a search ends; not negative
public record Limits(Duration time, double gap) {
    /// To prove what is best.
    public static final Limits EXACT = new Limits(Duration.ofSeconds(30), 1e-6);

    /// For a plan, which somebody waits for.
    public static final Limits PLAN = new Limits(Duration.ofSeconds(2), 1e-6);

    /// For a controller, which asks again.
    public static final Limits WATCH = new Limits(Duration.ofSeconds(2), 1e-3);

    public Limits {
        if (!time.isPositive() || !(gap >= 0)) {
            throw new IllegalArgumentException("Limits are above 0: " + time.toMillis() + " ms, gap " + gap);
        }
    }
}
