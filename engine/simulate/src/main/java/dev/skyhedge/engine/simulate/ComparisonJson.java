package dev.skyhedge.engine.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/// All numbers of a comparison as one JSON object. The same comparison gives the same bytes.
///
/// Numbers that change over ticks are lists of steps, `[tick, value]`: the value holds from that tick until the
/// next step. Shares are between 0 and 1.
public final class ComparisonJson {
    /// Raised when the meaning of anything in it changes.
    private static final int FORMAT = 2;

    /// Writes what else is known of runs, into the object of each.
    @FunctionalInterface
    public interface RunFigures {
        /// Writes fields.
        ///
        /// @param policy its index in the comparison
        /// @param window its index in the comparison
        void write(JsonGenerator json, int policy, int window) throws IOException;
    }

    private final JsonGenerator json;
    private final RunFigures figures;

    private ComparisonJson(JsonGenerator json, RunFigures figures) {
        this.json = json;
        this.figures = figures;
    }

    /// Writes it.
    public static void write(Comparison comparison, RunFigures figures, Writer out) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        JsonFactory factory = new JsonFactory();
        try (JsonGenerator json = factory.createGenerator(out).setPrettyPrinter(printer)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new ComparisonJson(json, figures).comparison(comparison);
        }
        out.write('\n');
        out.flush();
    }

    private void comparison(Comparison comparison) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        json.writeStringField("service", comparison.service());
        market(comparison.market());
        protocol(comparison.protocol());
        json.writeNumberField("seed", comparison.seed());
        json.writeArrayFieldStart("windows");
        for (int i = 0; i < comparison.windows().size(); i++) {
            window(comparison.windows().get(i), comparison.bounds().get(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("policies");
        for (int i = 0; i < comparison.policies().size(); i++) {
            policy(comparison, i);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void market(MarketSource market) throws IOException {
        json.writeObjectFieldStart("market");
        json.writeStringField("name", market.name());
        json.writeStringField("cloud", market.cloud());
        json.writeNumberField("series", market.inPaper().series().size());
        json.writeNumberField("series_recorded", market.recordedSeries());
        if (market.gap().isPresent()) {
            json.writeNumberField("gap_seconds", market.gap().get().toSeconds());
        }
        json.writeNumberField("length_seconds", market.length().toSeconds());
        json.writeEndObject();
    }

    private void protocol(PaperProtocol protocol) throws IOException {
        json.writeObjectFieldStart("protocol");
        json.writeStringField("name", "paper");
        json.writeNumberField("target", protocol.target());
        json.writeNumberField("tick_seconds", protocol.tick().toSeconds());
        json.writeNumberField("ticks", protocol.ticks());
        json.writeNumberField("cold_start_ticks", protocol.coldStartTicks());
        json.writeNumberField("spot_price", protocol.spotPrice());
        json.writeNumberField("on_demand_price", protocol.onDemandPrice());
        json.writeEndObject();
    }

    private void window(MarketWindow window, Optional<Bound> bound) throws IOException {
        json.writeStartObject();
        json.writeNumberField("offset", window.offset());
        bound("bound", bound);
        json.writeArrayFieldStart("zones");
        for (int zone = 0; zone < window.zones().size(); zone++) {
            json.writeStartObject();
            json.writeStringField("location", window.zones().get(zone).toString());
            steps("capacity", window.capacity().get(zone));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void bound(String name, Optional<Bound> found) throws IOException {
        if (found.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        Bound bound = found.get();
        json.writeObjectFieldStart(name);
        json.writeNumberField("cost", bound.cost());
        json.writeNumberField("cost_share", bound.costShare());
        json.writeNumberField("full", bound.full());
        json.writeNumberField("shortfall", bound.shortfall());
        json.writeStringField(
                "method",
                switch (bound.method()) {
                    case SHORTEST_PATH -> "shortest path";
                    case LINEAR -> "linear program (CLP)";
                    case MIXED_INTEGER -> "mixed-integer program (CBC)";
                    case RELAXED -> "linear program (CLP), not in whole replicas";
                });
        json.writeBooleanField("integral", bound.isIntegral());
        spending(bound.spending());
        json.writeEndObject();
    }

    private void spending(Spending spending) throws IOException {
        json.writeArrayFieldStart("spending_per_tick");
        for (int t = 0; t < spending.ticks(); t++) {
            if (t == 0 || spending.at(t) != spending.at(t - 1)) {
                json.writeStartArray();
                json.writeNumber(t);
                json.writeNumber(spending.at(t));
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    private void policy(Comparison comparison, int index) throws IOException {
        Comparison.PolicyRuns policy = comparison.policies().get(index);
        json.writeStartObject();
        json.writeStringField("name", policy.name());
        json.writeStringField("placement", policy.placement().policy());
        json.writeObjectFieldStart("summary");
        for (Figure figure : Figure.values()) {
            Spread spread = Spread.of(policy.runs(), figure::of);
            json.writeObjectFieldStart(figure.key());
            json.writeNumberField("mean", spread.mean());
            json.writeNumberField("sd", spread.deviation());
            json.writeEndObject();
        }
        gap(comparison.gapClosed(policy));
        json.writeEndObject();
        json.writeArrayFieldStart("runs");
        for (int i = 0; i < policy.runs().size(); i++) {
            run(comparison, index, i);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void gap(Optional<Comparison.GapClosed> gap) throws IOException {
        if (gap.isPresent()) {
            json.writeNumberField("gap_closed", gap.get().share());
            json.writeBooleanField("less_available_than_reference", gap.get().isLessAvailable());
        } else {
            json.writeNullField("gap_closed");
        }
    }

    private void run(Comparison comparison, int index, int window) throws IOException {
        Comparison.PolicyRuns policy = comparison.policies().get(index);
        Run run = policy.runs().get(window);
        json.writeStartObject();
        json.writeNumberField("offset", run.window().offset());
        for (Figure figure : Figure.values()) {
            json.writeNumberField(figure.key(), figure.of(run.outcome()));
        }
        json.writeNumberField("cost", run.outcome().cost());
        gap(comparison.gapClosed(policy, window));
        figures.write(json, index, window);
        if (!policy.ownBounds().isEmpty()) {
            bound("bound_at_own_availability", policy.ownBounds().get(window));
        }
        timeline(run);
        json.writeArrayFieldStart("occurrences");
        for (OccurrenceSpan span : OccurrenceSpan.of(run.occurrences())) {
            occurrence(span);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void timeline(Run run) throws IOException {
        Timeline timeline = run.timeline();
        json.writeObjectFieldStart("timeline");
        steps("target", timeline.target());
        steps("on_demand_held", timeline.onDemandHeld());
        steps("on_demand_ready", timeline.onDemandReady());
        json.writeArrayFieldStart("spot");
        for (int zone = 0; zone < run.window().zones().size(); zone++) {
            json.writeStartObject();
            json.writeStringField("location", run.window().zones().get(zone).toString());
            steps("held", timeline.spotHeld().get(zone));
            steps("ready", timeline.spotReady().get(zone));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void occurrence(OccurrenceSpan span) throws IOException {
        Occurrence first = span.first();
        json.writeStartObject();
        json.writeNumberField("tick", first.tick());
        json.writeStringField("kind", first.kind().word());
        json.writeStringField("replica", first.replica());
        json.writeNumberField("generation", first.generation());
        json.writeStringField("market", first.market().word());
        json.writeStringField("location", first.location().toString());
        if (!first.role().isEmpty()) {
            json.writeStringField("role", first.role());
        }
        json.writeStringField("reason", first.reason());
        if (span.times() > 1) {
            json.writeNumberField("last_tick", span.lastTick());
            json.writeNumberField("times", span.times());
        }
        json.writeEndObject();
    }

    private void steps(String name, Counts counts) throws IOException {
        json.writeArrayFieldStart(name);
        for (int t = 0; t < counts.size(); t++) {
            if (t == 0 || counts.at(t) != counts.at(t - 1)) {
                json.writeArray(new int[] {t, counts.at(t)}, 0, 2);
            }
        }
        json.writeEndArray();
    }
}
