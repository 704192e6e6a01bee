package dev.skyhedge.engine.simulate.accelerators;

import dev.skyhedge.engine.accelerators.Bucket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Requests by window of a minute and bucket.
///
/// @param perWindow how many of each bucket arrive in each minute
public record Arrivals(List<SortedMap<Bucket, Integer>> perWindow) {
    /// Seconds of a window.
    public static final int WINDOW = 60;

    /// Above this mean the normal distribution is as good as Poisson's, and does not underflow.
    private static final double NORMAL = 200;

    public Arrivals {
        perWindow = perWindow.stream()
                .map(window -> Collections.unmodifiableSortedMap(new TreeMap<>(window)))
                .toList();
    }

    /// Poisson arrivals.
    ///
    /// @param requestsPerSecond in each minute
    /// @param weights how often each bucket is seen, in any unit
    public static Arrivals draw(
            List<Double> requestsPerSecond, Map<Bucket, ? extends Number> weights, RandomGenerator dice) {
        double sum = weights.values().stream().mapToDouble(Number::doubleValue).sum();
        SortedMap<Bucket, Double> shares = new TreeMap<>();
        weights.forEach((bucket, weight) -> shares.put(bucket, weight.doubleValue() / sum));
        List<SortedMap<Bucket, Integer>> windows = new ArrayList<>();
        for (double rate : requestsPerSecond) {
            SortedMap<Bucket, Integer> window = new TreeMap<>();
            shares.forEach((bucket, share) -> window.put(bucket, poisson(rate * WINDOW * share, dice)));
            windows.add(window);
        }
        return new Arrivals(windows);
    }

    private static int poisson(double mean, RandomGenerator dice) {
        if (mean > NORMAL) {
            return (int) Math.max(0, Math.round(dice.nextGaussian(mean, Math.sqrt(mean))));
        }
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = dice.nextDouble(); product > limit; product *= dice.nextDouble()) {
            count++;
        }
        return count;
    }

    /// Requests of one window, of all buckets.
    int in(int window) {
        return perWindow.get(window).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /// Requests per second, the mean of so many windows up to this one.
    double rate(int window, int windows) {
        int first = Math.max(0, window - windows + 1);
        int requests = 0;
        for (int i = first; i <= window; i++) {
            requests += in(i);
        }
        return requests / (double) WINDOW / (window - first + 1);
    }
}
