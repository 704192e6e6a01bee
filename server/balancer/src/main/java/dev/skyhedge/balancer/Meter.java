package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Rejection;
import dev.skyhedge.balancer.continuation.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// The counters of one balancer. Thread-safe, without locks.
final class Meter {
    private static final int MAX_STATUS = 999;

    final LongAdder arrivals = new LongAdder();
    final LongAdder completions = new LongAdder();
    final LongAdder clientAborts = new LongAdder();
    final LongAdder broken = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder retryBudgetExhausted = new LongAdder();
    final AtomicInteger inFlight = new AtomicInteger();
    final LatencyHistogram durations = new LatencyHistogram();
    final LatencyHistogram holdWaits = new LatencyHistogram();
    final LongAdder repeatedTokens = new LongAdder();
    final LongAdder prefixBlocks = new LongAdder();
    final LongAdder prefixHitBlocks = new LongAdder();
    final SizeMeter sizes = new SizeMeter();
    private final AtomicLongArray resumes = new AtomicLongArray(Level.values().length);
    private final AtomicLongArray codes = new AtomicLongArray(MAX_STATUS + 1);
    private final AtomicLongArray failures = new AtomicLongArray(FailureKind.values().length);
    private final AtomicLongArray rejected = new AtomicLongArray(Rejection.values().length);

    void answered(int status) {
        codes.incrementAndGet(Math.clamp(status, 0, MAX_STATUS));
    }

    /// A stream goes on from another replica.
    void resumed(Level level, long tokens) {
        resumes.incrementAndGet(level.ordinal());
        repeatedTokens.add(tokens);
    }

    Statistics.Continuations continuations() {
        var counts = new EnumMap<Level, Long>(Level.class);
        for (Level level : Level.values()) {
            if (level != Level.NONE) {
                counts.put(level, resumes.get(level.ordinal()));
            }
        }
        return new Statistics.Continuations(new TreeMap<>(counts), repeatedTokens.sum());
    }

    Statistics.Prefixes prefixes() {
        return new Statistics.Prefixes(prefixBlocks.sum(), prefixHitBlocks.sum());
    }

    void failed(FailureKind kind) {
        failures.incrementAndGet(kind.ordinal());
    }

    void rejected(Rejection reason) {
        rejected.incrementAndGet(reason.ordinal());
    }

    TreeMap<Integer, Long> codes() {
        var counts = new TreeMap<Integer, Long>();
        for (int status = 0; status <= MAX_STATUS; status++) {
            if (codes.get(status) > 0) {
                counts.put(status, codes.get(status));
            }
        }
        return counts;
    }

    Map<FailureKind, Long> failures() {
        var counts = new EnumMap<FailureKind, Long>(FailureKind.class);
        for (FailureKind kind : FailureKind.values()) {
            counts.put(kind, failures.get(kind.ordinal()));
        }
        return counts;
    }

    Map<Rejection, Long> rejected() {
        var counts = new EnumMap<Rejection, Long>(Rejection.class);
        for (Rejection reason : Rejection.values()) {
            counts.put(reason, rejected.get(reason.ordinal()));
        }
        return counts;
    }
}
