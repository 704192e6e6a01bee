package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.RequestSize;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The requests of a service by size, as its balancers counted them over the last minutes.
///
/// @param counts of requests that have ended, whatever became of them; none is 0
/// @param requestsPerSecond that arrived; more than have ended where they wait
/// @param over how long they were counted, above zero
public record MeasuredLoad(SortedMap<RequestSize, Long> counts, double requestsPerSecond, Duration over) {
    /// What mixes follow: longer than a burst, and short beside the time that a replica takes to
    /// start.
    public static final Duration WINDOW = Duration.ofSeconds(240);

    public MeasuredLoad {
        SortedMap<RequestSize, Long> copy = new TreeMap<>(counts);
        copy.values().removeIf(count -> count == 0);
        if (copy.values().stream().anyMatch(count -> count < 0) || !(requestsPerSecond >= 0) || !over.isPositive()) {
            throw new IllegalArgumentException("Not a load: " + counts + ", " + requestsPerSecond + "/s over " + over);
        }
        counts = Collections.unmodifiableSortedMap(copy);
    }

    /// Requests of all sizes.
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
