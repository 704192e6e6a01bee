package dev.skyhedge.engine.simulate.workload;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Requests of a rate that changes: candidates come at the highest rate and each is kept with the share that the
/// rate has of it at that time.
final class Thinned implements RequestSource {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MOST_SECONDS = 3e9;

    private final RateCurve curve;
    private final double max;
    private final Lengths lengths;
    private final RandomGenerator arrivals;
    private final RandomGenerator random;
    private double seconds;

    Thinned(RateCurve curve, Lengths lengths, RandomGenerator arrivals, RandomGenerator random) {
        this.curve = curve;
        this.max = curve.max();
        this.lengths = lengths;
        this.arrivals = arrivals;
        this.random = random;
    }

    @Override
    public @Nullable Request next() {
        while (seconds < MOST_SECONDS) {
            seconds += arrivals.nextExponential() / max;
            long nanos = (long) (seconds * NANOS_PER_SECOND);
            if (arrivals.nextDouble() * max < curve.at(nanos)) {
                Lengths.Pair pair = lengths.draw(random);
                return new Request(nanos, pair.inputTokens(), pair.outputTokens());
            }
        }
        return null;
    }
}
