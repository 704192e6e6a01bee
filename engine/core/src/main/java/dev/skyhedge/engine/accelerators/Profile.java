package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one replica on each accelerator sustains within a service level.
///
/// @param maxRates requests per second by accelerator and bucket; 0 where it cannot serve such
///     requests at all
public record Profile(SortedMap<Accelerator, SortedMap<Bucket, Double>> maxRates) {
    public Profile {
        SortedMap<Accelerator, SortedMap<Bucket, Double>> copy = new TreeMap<>();
        maxRates.forEach((accelerator, rates) -> {
            rates.forEach((bucket, rate) -> check(accelerator, bucket, rate));
            copy.put(accelerator, Collections.unmodifiableSortedMap(new TreeMap<>(rates)));
        });
        maxRates = Collections.unmodifiableSortedMap(copy);
    }

    private static void check(Accelerator accelerator, Bucket bucket, double rate) {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException(
                    "A rate is a number not below 0: " + accelerator + ", " + bucket + ", " + rate);
        }
    }

    /// One line of the table.
    public record Row(Accelerator accelerator, Bucket bucket) {
        @Override
        public String toString() {
            return accelerator + " for requests of up to " + bucket.inputTokens() + " tokens in and "
                    + bucket.outputTokens() + " out";
        }
    }

    /// The rows that are needed and not there: nothing is guessed from rows nearby.
    public List<Row> missing(Collection<Accelerator> accelerators, Collection<Bucket> buckets) {
        List<Row> missing = new ArrayList<>();
        for (Accelerator accelerator : new TreeSet<>(accelerators)) {
            Map<Bucket, Double> rates = maxRates.getOrDefault(accelerator, Collections.emptySortedMap());
            for (Bucket bucket : new TreeSet<>(buckets)) {
                if (!rates.containsKey(bucket)) {
                    missing.add(new Row(accelerator, bucket));
                }
            }
        }
        return missing;
    }

    /// Every bucket that some accelerator has a row for.
    public SortedSet<Bucket> buckets() {
        SortedSet<Bucket> buckets = new TreeSet<>();
        maxRates.values().forEach(rates -> buckets.addAll(rates.keySet()));
        return buckets;
    }

    /// Requests per second of one replica; 0 where it cannot serve them.
    ///
    /// @throws IllegalArgumentException if there is no such row; see [#missing]
    public double maxRate(Accelerator accelerator, Bucket bucket) {
        Double rate =
                maxRates.getOrDefault(accelerator, Collections.emptySortedMap()).get(bucket);
        if (rate == null) {
            throw new IllegalArgumentException("The profile has no row of " + new Row(accelerator, bucket));
        }
        return rate;
    }
}
