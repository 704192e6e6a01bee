package dev.skyhedge.engine.scaling;

import dev.skyhedge.engine.plan.MeasuredLoad;
import dev.skyhedge.specs.RequestSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The load of the last minutes, from samples of counters that only grow. Not thread-safe.
public final class LoadWindow {
    private static final Duration LEAST = Duration.ofMillis(1);

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, SortedMap<RequestSize, Long> ended, long arrivals) {}

    /// Takes a sample.
    ///
    /// @param at not before the last one
    /// @param ended requests that have ended in all, by size
    /// @param arrivals requests that have come in all
    /// @return what was counted over the window, or since the first sample if that is shorter;
    ///     empty for the first one
    public Optional<MeasuredLoad> sample(Instant at, SortedMap<RequestSize, Long> ended, long arrivals) {
        Instant begin = at.minus(MeasuredLoad.WINDOW);
        while (samples.size() > 1 && samples.getFirst().at().isBefore(begin)) {
            samples.removeFirst();
        }
        samples.addLast(new Sample(at, new TreeMap<>(ended), arrivals));
        Sample first = samples.getFirst();
        Duration over = Duration.between(first.at(), at);
        if (over.compareTo(LEAST) < 0) {
            return Optional.empty();
        }
        SortedMap<RequestSize, Long> counts = new TreeMap<>();
        ended.forEach((size, count) ->
                counts.put(size, Math.max(0, count - first.ended().getOrDefault(size, 0L))));
        return Optional.of(
                new MeasuredLoad(counts, Math.max(0, arrivals - first.arrivals()) / (over.toMillis() / 1000.0), over));
    }
}
