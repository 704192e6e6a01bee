package dev.skyhedge.console.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/// Where the histograms are cut.
final class Bounds {
    /// A step of an idle reconciler takes well below a millisecond, one that launches thousands some seconds.
    static final List<Duration> STEP = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);

    /// From a reaction of a few milliseconds to a model that takes half an hour to load.
    static final List<Duration> LAG = millis(
            5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000,
            1_800_000);

    private Bounds() {}

    private static List<Duration> millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toList();
    }
}
