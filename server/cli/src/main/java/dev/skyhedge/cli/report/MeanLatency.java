package dev.skyhedge.cli.report;

import dev.skyhedge.engine.simulate.event.EventOutcome;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Means of latencies over windows.
final class MeanLatency {
    private MeanLatency() {}

    /// @param failed for each window the share of requests that were not answered
    static Showing.Latency of(List<EventOutcome.Latency> windows, List<Double> failed) {
        return new Showing.Latency(
                mean(windows, EventOutcome.Latency::p50),
                mean(windows, EventOutcome.Latency::p90),
                mean(windows, EventOutcome.Latency::p99),
                failed.stream().mapToDouble(share -> share).average().orElse(0),
                isFailure(0.99, failed),
                IntStream.range(0, EventOutcome.Latency.SHARES.size())
                        .mapToObj(i -> mean(windows, one -> one.quantiles().get(i)))
                        .toList());
    }

    /// Whether a percentile is in some window among what was not answered: it says how long clients waited in vain,
    /// and no answer came then or later.
    static boolean isFailure(double share, List<Double> failed) {
        return failed.stream().anyMatch(part -> part > 1 - share);
    }

    private static double mean(List<EventOutcome.Latency> windows, ToDoubleFunction<EventOutcome.Latency> figure) {
        return windows.stream().mapToDouble(figure).average().orElse(0);
    }
}
