package dev.skyhedge.engine.simulate.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skyhedge.engine.simulate.Bound;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// All numbers of a comparison as one JSON object. The same comparison gives the same bytes.
///
/// Times are seconds from the beginning of the window, money is whole micro-dollars, shares are between 0 and 1.
/// What changes over time is a list of steps, `[seconds, value]`: the value holds until the next one.
/// Launches that the cloud refused are counted and not listed.
public final class EventComparisonJson {
    /// Raised when the meaning of anything in it changes.
    private static final int FORMAT = 2;

    private EventComparisonJson() {}

    /// Writes it; the writer stays open.
    public static void write(EventComparison comparison, Writer out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.useDefaultPrettyPrinter();
        EventComparison.Request request = comparison.request();
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        json.writeStringField("protocol", "event");
        json.writeStringField("service", request.service().name());
        json.writeStringField("market", request.marketName());
        json.writeNumberField("series", request.market().series().size());
        json.writeNumberField("series_recorded", request.recordedSeries());
        json.writeStringField("workload", request.workloadName());
        json.writeNumberField("seed", request.seed());
        json.writeNumberField("length_seconds", request.length().toSeconds());
        json.writeNumberField("warm_up_seconds", request.warmUp().toSeconds());
        json.writeStringField("lags", request.lags().toString());
        windows(json, comparison);
        json.writeArrayFieldStart("policies");
        for (EventComparison.PolicyOutcomes policy : comparison.policies()) {
            json.writeStartObject();
            json.writeStringField("policy", policy.name());
            json.writeArrayFieldStart("windows");
            for (int i = 0; i < policy.outcomes().size(); i++) {
                json.writeStartObject();
                json.writeNumberField("offset_seconds", request.offsets().get(i).toSeconds());
                outcome(json, policy.outcomes().get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static void outcome(JsonGenerator json, EventOutcome outcome) throws IOException {
        json.writeNumberField("full", outcome.availability().full());
        json.writeNumberField("capacity", outcome.availability().capacity());
        json.writeNumberField("outage", outcome.availability().outage());
        json.writeNumberField("cost_share", outcome.costShare());
        json.writeNumberField("cost_micro_dollars", outcome.bill().microDollars());
        json.writeNumberField("spot_micro_dollars", outcome.bill().spotMicroDollars());
        json.writeNumberField("on_demand_micro_dollars", outcome.bill().onDemandMicroDollars());
        json.writeNumberField("all_on_demand_micro_dollars", outcome.allOnDemandMicroDollars());
        json.writeNumberField("on_demand_share", outcome.bill().onDemandShare());
        json.writeNumberField("launches", outcome.bill().rentals());
        json.writeNumberField("failed_launches", outcome.failedLaunches());
        json.writeNumberField("preemptions", outcome.preemptions());
        RequestCounts requests = outcome.requests();
        json.writeObjectFieldStart("requests");
        json.writeNumberField("arrived", requests.arrived());
        json.writeNumberField("answered", requests.answered());
        json.writeNumberField("failed", requests.failed());
        json.writeNumberField("timed_out", requests.timedOut());
        json.writeNumberField("in_progress", requests.inProgress());
        json.writeNumberField("retried", requests.retried());
        json.writeNumberField("held", requests.held());
        json.writeNumberField("availability", requests.availability());
        json.writeEndObject();
        latency(json, "latency_seconds", outcome.all());
        latency(json, "answered_latency_seconds", outcome.answered());
        timeline(json, outcome.fleet());
        decisions(json, outcome);
    }

    static void latency(JsonGenerator json, String name, EventOutcome.Latency latency) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("mean", latency.mean());
        json.writeNumberField("p50", latency.p50());
        json.writeNumberField("p90", latency.p90());
        json.writeNumberField("p99", latency.p99());
        json.writeEndObject();
    }

    private static void windows(JsonGenerator json, EventComparison comparison) throws IOException {
        List<MarketSeries> series = comparison.request().market().series();
        json.writeArrayFieldStart("windows");
        for (int i = 0; i < comparison.markets().size(); i++) {
            json.writeStartObject();
            json.writeNumberField(
                    "from_seconds", comparison.request().offsets().get(i).toSeconds());
            bound(json, comparison.bounds().get(i));
            json.writeArrayFieldStart("zones");
            for (int zone = 0; zone < series.size(); zone++) {
                json.writeStartObject();
                json.writeStringField("series", series.get(zone).key());
                steps(json, "capacity", comparison.markets().get(i).get(zone));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void bound(JsonGenerator json, Optional<Bound> found) throws IOException {
        if (found.isEmpty()) {
            json.writeNullField("bound_micro_dollars");
        } else {
            json.writeNumberField("bound_micro_dollars", Math.round(found.get().objective()));
        }
    }

    private static void timeline(JsonGenerator json, FleetCourse fleet) throws IOException {
        json.writeObjectFieldStart("timeline");
        steps(json, "wanted", fleet.wanted());
        steps(json, "on_demand_held", fleet.onDemandHeld());
        steps(json, "on_demand_ready", fleet.onDemandReady());
        steps(json, "spending_micro_dollars_per_hour", fleet.spending());
        json.writeArrayFieldStart("spot");
        for (FleetCourse.SpotCourse course : fleet.spot()) {
            json.writeStartObject();
            json.writeStringField("series", course.series());
            steps(json, "held", course.held());
            steps(json, "ready", course.ready());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void steps(JsonGenerator json, String name, Steps steps) throws IOException {
        json.writeArrayFieldStart(name);
        for (Steps.Step step : steps.steps()) {
            json.writeStartArray();
            json.writeNumber(seconds(step.at()));
            json.writeNumber(step.value());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /// To the millisecond, without needless zeros.
    private static BigDecimal seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    private static void decisions(JsonGenerator json, EventOutcome outcome) throws IOException {
        json.writeArrayFieldStart("decisions");
        for (Decision decision : outcome.notable()) {
            json.writeStartObject();
            json.writeNumberField("at_seconds", seconds(EventComparison.sinceStart(decision)));
            json.writeStringField("replica", decision.replica());
            json.writeNumberField("generation", decision.generation());
            json.writeStringField("state", decision.state().name().toLowerCase(Locale.ROOT));
            json.writeStringField("where", decision.where());
            json.writeStringField("reason", decision.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
