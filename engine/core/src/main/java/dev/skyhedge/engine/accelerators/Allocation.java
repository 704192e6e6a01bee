package dev.skyhedge.engine.accelerators;

import dev.skyhedge.spi.Accelerator;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What to rent, and who serves what on it.
///
/// @param status what is known of it; without an answer nothing is rented
/// @param replicas of each rental, where there is one
/// @param slices of each bucket by accelerator, out of the problem's slices
/// @param shortSlices of buckets that are not served
/// @param usdPerHour of the replicas, without what starts cost
/// @param gap how much less a best answer could cost, relative to this; 0 for an optimal one
public record Allocation(
        LinearSolver.Status status,
        SortedMap<Rental, Integer> replicas,
        SortedMap<Bucket, SortedMap<Accelerator, Integer>> slices,
        SortedMap<Bucket, Integer> shortSlices,
        double usdPerHour,
        double gap) {
    public Allocation {
        replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
        SortedMap<Bucket, SortedMap<Accelerator, Integer>> shares = new TreeMap<>();
        slices.forEach((bucket, share) -> shares.put(bucket, Collections.unmodifiableSortedMap(new TreeMap<>(share))));
        slices = Collections.unmodifiableSortedMap(shares);
        shortSlices = Collections.unmodifiableSortedMap(new TreeMap<>(shortSlices));
    }

    /// Nothing rented: nothing could be, or time ran out.
    static Allocation none(LinearSolver.Status status) {
        return new Allocation(
                status,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                0,
                Double.POSITIVE_INFINITY);
    }

    public boolean servesAll() {
        return (status == LinearSolver.Status.OPTIMAL || status == LinearSolver.Status.FEASIBLE)
                && shortSlices.isEmpty();
    }

    /// Replicas in all zones and markets.
    public SortedMap<Accelerator, Integer> byAccelerator() {
        SortedMap<Accelerator, Integer> sums = new TreeMap<>();
        replicas.forEach((rental, count) -> sums.merge(rental.accelerator(), count, Integer::sum));
        return sums;
    }

    /// Replicas of an accelerator that its share of a load keeps busy.
    public double load(Problem problem, Accelerator accelerator) {
        double load = 0;
        for (var bucket : slices.entrySet()) {
            int share = bucket.getValue().getOrDefault(accelerator, 0);
            if (share > 0) {
                load += problem.rates().perSecond().getOrDefault(bucket.getKey(), 0.0)
                        * share
                        / problem.rules().slices()
                        / problem.profile().maxRate(accelerator, bucket.getKey());
            }
        }
        return load;
    }
}
