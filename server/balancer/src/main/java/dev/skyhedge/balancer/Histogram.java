package dev.skyhedge.balancer;

import java.util.List;

/// A frozen log-linear histogram of durations: 8 buckets per power of two, so a quantile is at most 12.5 % off.
///
/// @param buckets the non-empty ones, by rising bound
/// @param count of all recorded values
/// @param sumNanos of all recorded values
public record Histogram(List<Bucket> buckets, long count, long sumNanos) {

    /// @param upperNanos largest value that falls in it
    /// @param count of values in this bucket alone, at least 1
    public record Bucket(long upperNanos, long count) {}

    public Histogram {
        buckets = List.copyOf(buckets);
    }

    /// Upper bound of the bucket that holds the quantile, in nanoseconds; 0 if nothing was recorded.
    ///
    /// @param q from 0 to 1
    public long quantileNanos(double q) {
        long rank = Math.max(1, (long) Math.ceil(q * count));
        long seen = 0;
        for (Bucket bucket : buckets) {
            seen += bucket.count();
            if (seen >= rank) {
                return bucket.upperNanos();
            }
        }
        return 0;
    }

    /// How many values are at most this long, to the precision of the buckets.
    public long countUpTo(long nanos) {
        return buckets.stream()
                .filter(bucket -> bucket.upperNanos() <= nanos)
                .mapToLong(Bucket::count)
                .sum();
    }
}
