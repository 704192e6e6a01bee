package dev.skyhedge.console.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.time.Duration;
import java.util.List;

/// Counts durations: exactly at a few fixed bounds, for Prometheus, and in fine log-linear buckets, for
/// quantiles. Not thread-safe.
final class DurationHistogram {
    /// Every power of two is cut in 32 parts, so that a quantile is at most 1/32 too large.
    private static final int SUB_BITS = 5;

    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Duration> bounds;
    /// How many lie between two bounds; the last beyond all of them.
    private final long[] between;
    private final long[] fine = new long[(Long.SIZE - SUB_BITS) * SUB_BUCKETS];
    private long count;
    private long sumNanos;
    private long maxNanos;

    /// @param bounds rising
    DurationHistogram(List<Duration> bounds) {
        this.bounds = List.copyOf(bounds);
        this.between = new long[bounds.size() + 1];
    }

    /// A clock that was set back makes a negative duration: it counts as zero.
    void record(Duration duration) {
        long nanos = duration.isNegative() ? 0 : duration.toNanos();
        int bound = 0;
        while (bound < bounds.size() && nanos > bounds.get(bound).toNanos()) {
            bound++;
        }
        between[bound]++;
        fine[bucketOf(nanos)]++;
        count++;
        sumNanos += nanos;
        maxNanos = Math.max(maxNanos, nanos);
    }

    LagReport report() {
        return new LagReport(count, quantile(50), quantile(99), Duration.ofNanos(maxNanos));
    }

    /// What Prometheus is told of it, in seconds.
    HistogramDataPointSnapshot dataPoint() {
        var buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < bounds.size(); i++) {
            buckets.bucket(bounds.get(i).toNanos() / NANOS_PER_SECOND, between[i]);
        }
        buckets.bucket(Double.POSITIVE_INFINITY, between[bounds.size()]);
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(sumNanos / NANOS_PER_SECOND)
                .build();
    }

    long count() {
        return count;
    }

    private Duration quantile(int percent) {
        long rank = Math.max(1, Math.ceilDiv(percent * count, 100L));
        long seen = 0;
        for (int bucket = 0; bucket < fine.length; bucket++) {
            seen += fine[bucket];
            if (seen >= rank) {
                return Duration.ofNanos(Math.min(upperOf(bucket), maxNanos));
            }
        }
        return Duration.ZERO;
    }

    static int bucketOf(long nanos) {
        if (nanos < SUB_BUCKETS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
        return (shift << SUB_BITS) + (int) (nanos >>> shift);
    }

    static long upperOf(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = (bucket >> SUB_BITS) - 1;
        long sub = SUB_BUCKETS + (long) (bucket & (SUB_BUCKETS - 1));
        return ((sub + 1) << shift) - 1;
    }
}
