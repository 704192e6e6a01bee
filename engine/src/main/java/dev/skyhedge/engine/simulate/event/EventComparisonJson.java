package dev.skyhedge.engine.simulate.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skyhedge.state.Lifecycle;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// All numbers of a comparison as one JSON object. The same comparison gives the same bytes.
///
/// Times are seconds from the beginning of the window, money is whole micro-dollars, shares are between 0 and 1.
/// Launches that the cloud refused are counted and not listed.
public final class EventComparisonJson {
    /// Raised when the meaning of anything in it changes.
    private static final int FORMAT = 1;

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
        json.writeStringField("workload", request.workloadName());
        json.writeNumberField("seed", request.seed());
        json.writeNumberField("length_seconds", request.length().toSeconds());
        json.writeNumberField("warm_up_seconds", request.warmUp().toSeconds());
        json.writeStringField("lags", request.lags().toString());
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
        phases(json, outcome);
        decisions(json, outcome);
    }

    private static void latency(JsonGenerator json, String name, EventOutcome.Latency latency) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("mean", latency.mean());
        json.writeNumberField("p50", latency.p50());
        json.writeNumberField("p90", latency.p90());
        json.writeNumberField("p99", latency.p99());
        json.writeEndObject();
    }

    private static void phases(JsonGenerator json, EventOutcome outcome) throws IOException {
        json.writeArrayFieldStart("readiness");
        for (Readiness.Phase phase : outcome.readiness()) {
            json.writeStartObject();
            json.writeStringField("from", phase.from().toString());
            json.writeNumberField("wanted", phase.wanted());
            json.writeNumberField("spot", phase.spot());
            json.writeNumberField("on_demand", phase.onDemand());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void decisions(JsonGenerator json, EventOutcome outcome) throws IOException {
        Set<String> refused = new HashSet<>();
        List<Decision> decisions = outcome.decisions();
        decisions.stream()
                .filter(decision -> decision.state() == Lifecycle.FAILED)
                .forEach(decision -> refused.add(life(decision)));
        json.writeArrayFieldStart("decisions");
        for (Decision decision : decisions) {
            boolean tells = decision.isOurs() || decision.state() == Lifecycle.PREEMPTED;
            if (tells && !refused.contains(life(decision))) {
                json.writeStartObject();
                json.writeStringField("at", decision.at().toString());
                json.writeStringField("replica", decision.replica());
                json.writeNumberField("generation", decision.generation());
                json.writeStringField("state", decision.state().name().toLowerCase(Locale.ROOT));
                json.writeStringField("where", decision.where());
                json.writeStringField("reason", decision.reason());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static String life(Decision decision) {
        return decision.replica() + " " + decision.generation();
    }
}
