package dev.skyhedge.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.ComparisonJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
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
    private static final String LATENCY = """
            <h2>What users would have felt</h2>
            <p>Time from request to answer, waiting included.</p>
            <figure id="latency"></figure>""";

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
        slots.put("latency", numbers.contains("\"latency\":") ? LATENCY : "");
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
            return json.writeValueAsString(json.readTree(text.toString())).replace("<", "\\u003c");
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
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
