package dev.skyhedge.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Records durations without locks. Thread-safe.
///
/// Log-linear: values below 8 have a bucket each; above, every power of two is cut in 8 equal parts.
final class LatencyHistogram {
    private static final int SUB_BITS = 3;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB_BUCKETS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAdder sumNanos = new LongAdder();

    /// Records one duration; a negative one counts as 0.
    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts.incrementAndGet(bucketOf(value));
        sumNanos.add(value);
    }

    /// Mean of all; zero if there are none.
    Duration mean() {
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += counts.get(i);
        }
        return total == 0 ? Duration.ZERO : Duration.ofNanos(sumNanos.sum() / total);
    }

    Histogram snapshot() {
        var buckets = new ArrayList<Histogram.Bucket>();
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            long count = counts.get(i);
            if (count > 0) {
                buckets.add(new Histogram.Bucket(upperOf(i), count));
                total += count;
            }
        }
        return new Histogram(buckets, total, sumNanos.sum());
    }

    static int bucketOf(long value) {
        if (value < SUB_BUCKETS) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift << SUB_BITS) + (int) (value >>> shift);
    }

    static long upperOf(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = (bucket >> SUB_BITS) - 1;
        long sub = (bucket & (SUB_BUCKETS - 1)) + SUB_BUCKETS;
        return ((sub + 1) << shift) - 1;
    }
}
