package dev.skyhedge.cli.view.simulation;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import dev.skyhedge.engine.simulate.event.PaperLatency;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Latencies by the paper's model, for people.
public final class PaperLatencyText {
    private PaperLatencyText() {}

    /// A table of the policies: means over the windows. The same requests for every policy.
    public static String render(Comparison comparison, PaperLatencies all, Display display) {
        var text = new StringBuilder("\n");
        var table = new Table(display, "  ", "lrrrrrl");
        table.header("policy", "p50", "p90", "p99", "mean", "requests", "failed");
        for (int i = 0; i < comparison.policies().size(); i++) {
            List<PaperLatency> latencies = all.byPolicy().get(i);
            table.add(
                    comparison.policies().get(i).name(),
                    percentile(latencies, 0.5, one -> one.latency().p50()),
                    percentile(latencies, 0.9, one -> one.latency().p90()),
                    percentile(latencies, 0.99, one -> one.latency().p99()),
                    mean(latencies, one -> one.latency().mean(), 2),
                    mean(latencies, PaperLatency::requests, 0),
                    mean(latencies, PaperLatency::failed, latencies.size() < 2 ? 0 : 1));
        }
        table.appendTo(text);
        text.append('\n')
                .append(
                        display.wrapLines(
                                "Latencies in seconds of three clients with 0.05 requests/s each and exponential service of 10 s,"
                                        + " one at a time;\nwhat failed counts as 100 s: ≥ where that is what the figure says."))
                .append('\n');
        return text.toString();
    }

    /// One that is somewhere among what failed says how long clients waited in vain.
    private static String percentile(
            List<PaperLatency> latencies, double share, ToDoubleFunction<PaperLatency> figure) {
        boolean isFailure = latencies.stream().anyMatch(one -> one.failed() > (1 - share) * one.requests());
        return (isFailure ? "≥ " : "") + mean(latencies, figure, 2);
    }

    private static String mean(List<PaperLatency> latencies, ToDoubleFunction<PaperLatency> figure, int decimals) {
        double mean = latencies.stream().mapToDouble(figure).average().orElse(0);
        return String.format(Locale.ROOT, "%." + decimals + "f", mean);
    }
}
