package dev.skyhedge.console.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.TreeMap;

/// Counts by labels. Not thread-safe.
final class Counter {
    /// Labels are names of services, places and kinds; more series than this are a defect and share one.
    static final int MAX_SERIES = 10_000;

    private final Map<Labels, Long> values = new TreeMap<>();

    void increment(Labels labels) {
        boolean full = values.size() >= MAX_SERIES && !values.containsKey(labels);
        values.merge(full ? Labels.of("overflow", "true") : labels, 1L, Long::sum);
    }

    Map<Labels, Long> values() {
        return values;
    }
}
