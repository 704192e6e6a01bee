package dev.skyhedge.engine.simulate.event;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.ComparisonJson;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// Latencies of a whole comparison by the paper's model, with the same requests for every policy.
///
/// @param byPolicy for each policy those of its windows, in the comparison's order
public record PaperLatencies(List<List<PaperLatency>> byPolicy) implements ComparisonJson.RunFigures {
    public PaperLatencies {
        byPolicy = byPolicy.stream().map(List::copyOf).toList();
    }

    /// Sends the requests through every run.
    public static PaperLatencies of(Comparison comparison) {
        return new PaperLatencies(IntStream.range(0, comparison.policies().size())
                .parallel()
                .mapToObj(policy -> comparison.policies().get(policy).runs().stream()
                        .map(run -> PaperLatency.of(run, comparison.seed()))
                        .toList())
                .toList());
    }

    @Override
    public void write(JsonGenerator json, int policy, int window) throws IOException {
        PaperLatency latency = byPolicy.get(policy).get(window);
        json.writeObjectFieldStart("requests");
        json.writeNumberField("arrived", latency.requests());
        json.writeNumberField("failed", latency.failed());
        json.writeEndObject();
        EventComparisonJson.latency(json, "latency_seconds", latency.latency());
    }
}
