package dev.skyhedge.engine.simulate.workload;

import java.util.Arrays;

/// Requests per second over time, in windows of one length; begins anew at its end.
///
/// @param windowNanos length of a window, above 0
/// @param ratesPerSecond by window, not negative, not all 0
public record RateCurve(long windowNanos, double[] ratesPerSecond) {
    public RateCurve {
        if (windowNanos <= 0 || ratesPerSecond.length == 0) {
            throw new IllegalArgumentException("A rate curve has windows of a length");
        }
        for (double rate : ratesPerSecond) {
            if (!(rate >= 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException("Not a rate: " + rate);
            }
        }
    }

    public double mean() {
        return Arrays.stream(ratesPerSecond).average().orElse(0);
    }

    public double max() {
        return Arrays.stream(ratesPerSecond).max().orElse(0);
    }

    /// The same shape around another mean.
    public RateCurve scaledTo(double meanPerSecond) {
        double factor = meanPerSecond / mean();
        return new RateCurve(
                windowNanos,
                Arrays.stream(ratesPerSecond).map(rate -> rate * factor).toArray());
    }

    double at(long nanos) {
        return ratesPerSecond[(int) (nanos / windowNanos % ratesPerSecond.length)];
    }
}
