package dev.skyhedge.load;

import java.time.Duration;
import java.util.Arrays;

/// Every latency of a run, in microseconds, so that percentiles are exact. Thread-safe.
final class Latencies {
    private int[] micros = new int[1024];
    private int size;

    synchronized void add(long nanos) {
        if (size == micros.length) {
            micros = Arrays.copyOf(micros, Math.multiplyExact(size, 2));
        }
        micros[size++] = Math.clamp(nanos / 1000, 0, Integer.MAX_VALUE);
    }

    synchronized LatencySummary summary() {
        int[] sorted = Arrays.copyOf(micros, size);
        Arrays.sort(sorted);
        return new LatencySummary(
                percentile(sorted, 0.5), percentile(sorted, 0.9), percentile(sorted, 0.99), percentile(sorted, 1));
    }

    /// The smallest latency that at least this share of all does not exceed (nearest rank).
    private static Duration percentile(int[] sorted, double share) {
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return Duration.ofNanos(1000L * sorted[Math.max(rank, 1) - 1]);
    }
}
