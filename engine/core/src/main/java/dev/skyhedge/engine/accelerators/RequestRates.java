package dev.skyhedge.engine.accelerators;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A load: requests per second by bucket.
///
/// @param perSecond only buckets with a rate above 0
public record RequestRates(SortedMap<Bucket, Double> perSecond) {
    public RequestRates {
        SortedMap<Bucket, Double> copy = new TreeMap<>();
        perSecond.forEach((bucket, rate) -> {
            if (!(rate >= 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException("A rate is a number not below 0: " + bucket + ", " + rate);
            }
            if (rate > 0) {
                copy.put(bucket, rate);
            }
        });
        perSecond = Collections.unmodifiableSortedMap(copy);
    }

    /// A distribution of sizes at a rate, with room for more.
    ///
    /// @param weights how often each bucket is seen, in any unit; one is above 0
    /// @param requestsPerSecond of all buckets together
    /// @param headroom share beyond that; 0.1 is a tenth more
    public static RequestRates of(Map<Bucket, ? extends Number> weights, double requestsPerSecond, double headroom) {
        double sum = weights.values().stream().mapToDouble(Number::doubleValue).sum();
        if (!(sum > 0)) {
            throw new IllegalArgumentException("A distribution without a request");
        }
        SortedMap<Bucket, Double> rates = new TreeMap<>();
        weights.forEach(
                (bucket, weight) -> rates.put(bucket, weight.doubleValue() / sum * requestsPerSecond * (1 + headroom)));
        return new RequestRates(rates);
    }

    /// The same sizes at another rate.
    public RequestRates times(double factor) {
        SortedMap<Bucket, Double> scaled = new TreeMap<>();
        perSecond.forEach((bucket, rate) -> scaled.put(bucket, rate * factor));
        return new RequestRates(scaled);
    }

    /// Requests per second of all buckets.
    public double total() {
        return perSecond.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
