package dev.skyhedge.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.ComparisonJson;
import dev.skyhedge.engine.simulate.Run;
import dev.skyhedge.engine.simulate.event.PaperLatency;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A simulation as one HTML page that needs nothing else: no network, no other file. The same comparison gives
/// the same bytes.
public final class ReportPage {
    private static final String D3 = "/META-INF/resources/webjars/d3/7.9.0/dist/d3.min.js";
    private static final List<String> SCRIPTS = List.of(
            D3,
            "steps.js",
            "model.js",
            "marks.js",
            "comparison.js",
            "timeline.js",
            "spending.js",
            "latency.js",
            "page.js");
    private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");

    private ReportPage() {}

    /// The page.
    public static String of(Comparison comparison) {
        String numbers = numbers(comparison);
        var tables = new ReportTables(comparison);
        SequencedMap<String, String> slots = new LinkedHashMap<>();
        slots.put("title", Html.escaped(tables.title()));
        slots.put("headline", Html.escaped(tables.headline()));
        slots.put("style", resource("report.css"));
        slots.put("policies", tables.policies());
        slots.put("windows", tables.windows());
        slots.put("provenance", tables.provenance());
        slots.put("data", numbers);
        slots.put("script", SCRIPTS.stream().map(ReportPage::resource).collect(Collectors.joining("\n")));
        return filled(resource("report.html"), slots);
    }

    private static String filled(String page, Map<String, String> slots) {
        return SLOT.matcher(page)
                .replaceAll(slot -> Matcher.quoteReplacement(slots.getOrDefault(slot.group(1), slot.group())));
    }

    /// As compact JSON that cannot end the script element that it stands in.
    private static String numbers(Comparison comparison) {
        var text = new StringWriter();
        try {
            ComparisonJson.write(comparison, text);
            var json = new ObjectMapper();
            JsonNode numbers = json.readTree(text.toString());
            for (int i = 0; i < comparison.policies().size(); i++) {
                ((ObjectNode) numbers.path("policies").path(i))
                        .set("latency", latency(comparison.policies().get(i).runs(), comparison.seed()));
            }
            return json.writeValueAsString(numbers).replace("<", "\\u003c");
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
    }

    /// Means over the windows, by the paper's model; the same requests for every policy.
    private static ObjectNode latency(List<Run> runs, long seed) {
        List<PaperLatency> latencies =
                runs.stream().map(run -> PaperLatency.of(run, seed)).toList();
        return JsonNodeFactory.instance
                .objectNode()
                .put("p50", mean(latencies, one -> one.latency().p50()))
                .put("p90", mean(latencies, one -> one.latency().p90()))
                .put("p99", mean(latencies, one -> one.latency().p99()))
                .put("requests", mean(latencies, PaperLatency::requests))
                .put("failed", mean(latencies, PaperLatency::failed));
    }

    private static double mean(List<PaperLatency> latencies, ToDoubleFunction<PaperLatency> figure) {
        return latencies.stream().mapToDouble(figure).average().orElse(0);
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
