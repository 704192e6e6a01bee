package dev.skyhedge.cli;

import dev.skyhedge.console.metrics.EngineMetrics;
import dev.skyhedge.console.metrics.LagReport;
import java.time.Duration;
import java.util.Locale;

/// How quick a watching process was.
final class WatchSummary {
    private WatchSummary() {}

    static String text(EngineMetrics metrics) {
        return "From notice or death to the launch of the replacement: " + line(metrics.replacementLag());
    }

    private static String line(LagReport lag) {
        return lag.count() == 0
                ? "none happened."
                : String.format(
                        Locale.ROOT,
                        "%d times, p50 %s, p99 %s, longest %s.",
                        lag.count(),
                        millis(lag.p50()),
                        millis(lag.p99()),
                        millis(lag.max()));
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
