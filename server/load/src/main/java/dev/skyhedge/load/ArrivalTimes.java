package dev.skyhedge.load;

import java.util.random.RandomGenerator;

/// When requests are due, in nanoseconds from the start of a run. Never ends; used by one thread.
final class ArrivalTimes {
    private static final double NANOS = 1e9;

    private final double meanGapNanos;
    private final LoadRequest.Arrivals arrivals;
    private final RandomGenerator random;
    private double next;
    private long count;

    ArrivalTimes(double requestsPerSecond, LoadRequest.Arrivals arrivals, RandomGenerator random) {
        this.meanGapNanos = NANOS / requestsPerSecond;
        this.arrivals = arrivals;
        this.random = random;
        this.next = arrivals == LoadRequest.Arrivals.POISSON ? gap() : 0;
    }

    /// When the next request is due.
    long peekNanos() {
        return (long) next;
    }

    /// Goes on to the request after it.
    void advance() {
        count++;
        next = switch (arrivals) {
            // A product instead of a sum, which would gather rounding errors.
            case CONSTANT -> count * meanGapNanos;
            case POISSON -> next + gap();
        };
    }

    private double gap() {
        return meanGapNanos * random.nextExponential();
    }
}
