package dev.skyhedge.engine.simulate.workload;

import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/// Requests whose distances are drawn one by one.
final class Drawn implements RequestSource {
    private static final double NANOS_PER_SECOND = 1e9;
    /// Beyond this a sum of nanoseconds would overflow; no simulation is 100 years long.
    private static final double MOST_SECONDS = 3e9;

    private final DoubleSupplier gapSeconds;
    private final Lengths lengths;
    private final RandomGenerator random;
    private double seconds;

    Drawn(DoubleSupplier gapSeconds, Lengths lengths, RandomGenerator random) {
        this.gapSeconds = gapSeconds;
        this.lengths = lengths;
        this.random = random;
    }

    @Override
    public Request next() {
        seconds = Math.min(MOST_SECONDS, seconds + gapSeconds.getAsDouble());
        Lengths.Pair pair = lengths.draw(random);
        return new Request((long) (seconds * NANOS_PER_SECOND), pair.inputTokens(), pair.outputTokens());
    }
}
