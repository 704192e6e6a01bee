package dev.skyhedge.console.metrics;

import java.time.Duration;
import java.util.List;

/// Counts durations: exactly at a few fixed bounds, for Prometheus, and in fine log-linear buckets, for
/// quantiles. Not thread-safe.
final class DurationHistogram {
    /// Every power of two is cut in 32 parts, so that a quantile is at most 1/32 too large.
    private static final int SUB_BITS = 5;

    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    private final List<Duration> bounds;
    private final long[] atMost;
    private final long[] fine = new long[(Long.SIZE - SUB_BITS) * SUB_BUCKETS];
    private long count;
    private long sumNanos;
    private long maxNanos;

    /// @param bounds rising
    DurationHistogram(List<Duration> bounds) {
        this.bounds = List.copyOf(bounds);
        this.atMost = new long[bounds.size()];
    }

    /// A clock that was set back makes a negative duration: it counts as zero.
    void record(Duration duration) {
        long nanos = duration.isNegative() ? 0 : duration.toNanos();
        for (int i = 0; i < atMost.length; i++) {
            if (nanos <= bounds.get(i).toNanos()) {
                atMost[i]++;
            }
        }
        fine[bucketOf(nanos)]++;
        count++;
        sumNanos += nanos;
        maxNanos = Math.max(maxNanos, nanos);
    }

    LagReport report() {
        return new LagReport(count, quantile(50), quantile(99), Duration.ofNanos(maxNanos));
    }

    List<Duration> bounds() {
        return bounds;
    }

    /// How many were at most as long as this bound.
    long countAtMost(int bound) {
        return atMost[bound];
    }

    long count() {
        return count;
    }

    long sumNanos() {
        return sumNanos;
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
