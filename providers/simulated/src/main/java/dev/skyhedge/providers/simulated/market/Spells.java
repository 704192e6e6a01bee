package dev.skyhedge.providers.simulated.market;

import java.time.Duration;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/// Alternating good and bad times, drawn as far as they are asked for.
final class Spells {
    /// Shorter spells than this would make a market that changes faster than anything can follow.
    private static final long SHORTEST_NANOS = 1_000_000;

    private final RandomGenerator random;
    private final double meanUpNanos;
    private final double meanDownNanos;
    private final ToIntFunction<RandomGenerator> level;
    private final Steps steps = new Steps();
    private boolean nextIsUp;
    private long end;

    Spells(
            RandomGenerator random,
            Duration meanUp,
            Duration meanDown,
            boolean startsUp,
            ToIntFunction<RandomGenerator> level) {
        this.random = random;
        this.meanUpNanos = meanUp.toNanos();
        this.meanDownNanos = meanDown.toNanos();
        this.level = level;
        this.nextIsUp = startsUp;
    }

    /// The level at this time; 0 in bad times.
    synchronized long at(long nanos) {
        drawUntil(nanos);
        return steps.at(nanos);
    }

    /// When the spell of this time ends.
    synchronized long nextStart(long nanos) {
        drawUntil(nanos);
        long next = steps.nextStart(nanos);
        return next < 0 ? end : next;
    }

    private void drawUntil(long nanos) {
        while (end <= nanos) {
            steps.add(end, nextIsUp ? level.applyAsInt(random) : 0);
            double length = -Math.log(1 - random.nextDouble()) * (nextIsUp ? meanUpNanos : meanDownNanos);
            end = Math.addExact(end, Math.max(SHORTEST_NANOS, (long) length));
            nextIsUp = !nextIsUp;
        }
    }
}
