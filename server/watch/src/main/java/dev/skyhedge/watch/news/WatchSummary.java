package dev.skyhedge.watch.news;

import dev.skyhedge.console.metrics.EngineMetrics;
import dev.skyhedge.console.metrics.LagReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How quick a watching process was.
public final class WatchSummary {
    private WatchSummary() {}

    /// In two lines.
    ///
    /// @param afterDeath for each replica that died, for how long requests were sent to it then
    public static String text(EngineMetrics metrics, List<Duration> afterDeath) {
        return "From a notice or death to the launch of the replacement: " + line(metrics.replacementLag())
                + "\nFrom a death to the last request sent to the dead: " + line(afterDeath);
    }

    private static String line(List<Duration> lags) {
        List<Duration> sorted = lags.stream().sorted().toList();
        return line(
                sorted.isEmpty()
                        ? new LagReport(0, Duration.ZERO, Duration.ZERO, Duration.ZERO)
                        : new LagReport(
                                sorted.size(), percentile(sorted, 50), percentile(sorted, 99), sorted.getLast()));
    }

    private static Duration percentile(List<Duration> sorted, int percent) {
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(0, rank - 1));
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
