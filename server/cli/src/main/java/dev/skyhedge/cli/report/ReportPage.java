package dev.skyhedge.cli.report;

import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import java.io.IOException;
import java.io.InputStream;
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
            "cursor.js",
            "comparison.js",
            "timeline.js",
            "spending.js",
            "latency.js",
            "page.js");
    private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");

    private ReportPage() {}

    /// The page of a comparison by the paper's protocol.
    public static String of(Comparison comparison, PaperLatencies latencies) {
        return of(PaperShowing.of(comparison, latencies));
    }

    /// The page of a comparison by the event protocol.
    public static String of(EventComparison comparison) {
        return of(EventShowing.of(comparison));
    }

    static String of(Showing showing) {
        var tables = new ReportTables(showing);
        SequencedMap<String, String> slots = new LinkedHashMap<>();
        slots.put("title", Html.escaped(tables.title()));
        slots.put("subject", Html.escaped(tables.subjectName()));
        slots.put("reference", Html.escaped(showing.reference()));
        slots.put("style", resource("report.css"));
        slots.put("figures", tables.figures());
        slots.put("intervals", tables.intervals());
        slots.put("policies", tables.replicas());
        slots.put("differences", new PairedDifferences(showing).section());
        slots.put("felt", showing.requests().isEmpty() ? "" : felt(showing, tables));
        slots.put("windows", tables.windows());
        slots.put("provenance", tables.provenance());
        slots.put("numbers", ReportNumbers.csv(showing));
        slots.put("data", ReportData.of(showing));
        slots.put("script", SCRIPTS.stream().map(ReportPage::resource).collect(Collectors.joining("\n")));
        return filled(resource("report.html"), slots);
    }

    private static String felt(Showing showing, ReportTables tables) {
        return filled(
                resource("requests.html"),
                Map.of(
                        "sentence", Html.escaped(showing.requests()),
                        "table", tables.requests(),
                        "intervals", tables.intervals()));
    }

    private static String filled(String page, Map<String, String> slots) {
        return SLOT.matcher(page)
                .replaceAll(slot -> Matcher.quoteReplacement(slots.getOrDefault(slot.group(1), slot.group())));
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
