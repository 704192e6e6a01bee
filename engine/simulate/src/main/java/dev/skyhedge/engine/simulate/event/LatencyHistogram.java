package dev.skyhedge.engine.simulate.event;

/// Counts of times by size: 256 steps to every doubling, so that a quantile is within 0.4 % of the exact one, in
/// the way of HdrHistogram. Not thread-safe.
public final class LatencyHistogram {
    private static final int STEP_BITS = 8;
    private static final int STEPS = 1 << STEP_BITS;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;

    private final long[] counts = new long[(Long.SIZE - STEP_BITS) * STEPS];
    private long total;
    private double sumMicros;

    /// Counts one time.
    public void add(long nanos) {
        long micros = Math.max(0, Math.round(nanos / NANOS_PER_MICRO));
        counts[slot(micros)]++;
        total++;
        sumMicros += micros;
    }

    public long count() {
        return total;
    }

    /// 0 if nothing was counted.
    public double meanSeconds() {
        return total == 0 ? 0 : sumMicros / total / MICROS_PER_SECOND;
    }

    /// The least time that this share of the counted ones does not exceed; 0 if nothing was counted.
    ///
    /// @param share from 0 to 1
    public double quantileSeconds(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            seen += counts[slot];
            if (seen >= rank && total > 0) {
                return middle(slot) / MICROS_PER_SECOND;
            }
        }
        return 0;
    }

    private static int slot(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - STEP_BITS;
        return (doublings << STEP_BITS) + (int) (micros >>> doublings);
    }

    private static double middle(int slot) {
        if (slot < STEPS) {
            return slot;
        }
        int doublings = (slot >> STEP_BITS) - 1;
        long low = (long) (slot - (doublings << STEP_BITS)) << doublings;
        return low + ((1L << doublings) - 1) / 2.0;
    }
}
