package dev.skyhedge.engine.simulate.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.engine.sweep.Asha;
import dev.skyhedge.engine.sweep.HyperSched;
import dev.skyhedge.engine.sweep.Scaling;
import dev.skyhedge.engine.sweep.SweepSettings;
import dev.skyhedge.engine.sweep.TrialScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the published code of HyperSched and its ASHA decide, event by event, on curves that are not ours to ship, so
/// that this runs only where `-Dskyhedge.curves=DIR` says where they are.
@EnabledIfSystemProperty(named = "skyhedge.curves", matches = ".+")
class PublishedTracesTest {
    private record Trace(JsonNode published, List<LearningCurve> curves) {
        @Override
        public String toString() {
            return published.get("workload").asText() + " on " + published.get("atoms") + " by "
                    + published.get("scheduler").asText();
        }
    }

    static Stream<Trace> traces() throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(Path.of(System.getProperty("skyhedge.curves"), "golden", "hypersched_small_traces.json")
                        .toFile());
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 3) {
            List<LearningCurve> curves = curves(all.get(i + 2).get("inputs"));
            traces.add(new Trace(all.get(i), curves));
            traces.add(new Trace(all.get(i + 1), curves));
        }
        return traces.stream();
    }

    private static List<LearningCurve> curves(JsonNode inputs) {
        Map<String, LearningCurve> curves = new TreeMap<>();
        inputs.properties().forEach(entry -> {
            List<Double> values = StreamSupport.stream(
                            entry.getValue().get("metric").spliterator(), false)
                    .map(value -> value.isNull() ? Double.NaN : value.asDouble())
                    .toList();
            curves.put(
                    entry.getKey(),
                    new LearningCurve(
                            entry.getKey(), entry.getValue().get("iter_s").asDouble(), values));
        });
        return List.copyOf(curves.values());
    }

    private static SweepSettings settings(JsonNode published) {
        Map<Integer, Double> scaling = new TreeMap<>();
        published
                .get("scaling")
                .properties()
                .forEach(entry -> scaling.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().asDouble()));
        return SweepSettings.published(
                published.get("atoms").asInt(),
                published.get("deadline_s").asDouble(),
                published.get("grace_period").asInt(),
                published.get("max_t").asInt(),
                List.of(1, 2, 4, 8),
                new Scaling(scaling));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void everyDecisionIsThatOfThePublishedCode(Trace trace) {
        SweepSettings settings = settings(trace.published());
        List<String> names = trace.curves().stream().map(LearningCurve::trial).toList();
        TrialScheduler scheduler = trace.published().get("scheduler").asText().equals("hyper")
                ? new HyperSched(settings, HyperSched.Variant.PUBLISHED, names)
                : new Asha(settings, names);

        SweepOutcome outcome = new SweepSimulation(
                        scheduler, settings, trace.published().get("setup_s").asDouble(), trace.curves())
                .run();

        assertThat(outcome.events().stream().map(PublishedTracesTest::words))
                .containsExactlyElementsOf(
                        StreamSupport.stream(trace.published().get("events").spliterator(), false)
                                .map(event -> String.format(
                                        Locale.ROOT,
                                        "%.3f %s %s %s",
                                        event.get(0).asDouble(),
                                        event.get(1).asText(),
                                        event.get(2).asText(),
                                        event.get(3)))
                                .toList());
        assertThat(outcome.started())
                .isEqualTo(trace.published().get("trials_started").asInt());
    }

    private static String words(SweepOutcome.Event event) {
        return String.format(
                Locale.ROOT,
                "%.3f %s %s %d",
                event.at(),
                event.kind().name().toLowerCase(Locale.ROOT),
                event.trial(),
                event.number());
    }
}
