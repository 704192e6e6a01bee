package dev.skyhedge.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.console.live.TrafficMeter.Rates;
import dev.skyhedge.engine.plan.Plan;
import java.util.Optional;

/// The figures of a service, or of all of them, at one instant: those that have a history. Not thread-safe.
final class Figures {
    private long wanted;
    private long ready;
    private long spot;
    private long onDemand;
    private double usdPerHour;
    private double allOnDemandUsdPerHour;
    /// Whether the latest plan said what all on-demand would cost.
    private boolean planned;

    /// Of nothing.
    Figures() {}

    Figures(JsonNode service, ReplicaGroups groups, Optional<Plan.WorkloadSummary> summary) {
        wanted = summary.map(Plan.WorkloadSummary::wanted)
                .orElseGet(() -> service.path("wanted").asInt());
        ready = service.path("ready").asLong();
        spot = groups.rising("spot");
        onDemand = groups.rising("on_demand");
        usdPerHour = service.path("price_usd_per_hour").asDouble();
        planned = summary.isPresent();
        allOnDemandUsdPerHour =
                summary.map(one -> PlanTree.usd(one.cost().allOnDemand())).orElse(0.0);
    }

    void add(Figures other) {
        wanted += other.wanted;
        ready += other.ready;
        spot += other.spot;
        onDemand += other.onDemand;
        usdPerHour += other.usdPerHour;
        allOnDemandUsdPerHour += other.allOnDemandUsdPerHour;
        planned |= other.planned;
    }

    ObjectNode tree(Rates rates) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("wanted", wanted)
                .put("ready", ready)
                .put("spot", spot)
                .put("on_demand", onDemand)
                .put("usd_per_hour", usdPerHour);
        put(node, "all_on_demand_usd_per_hour", planned ? allOnDemandUsdPerHour : Double.NaN);
        put(node, "requests_per_second", rates.arrivalsPerSecond());
        put(node, "failures_per_second", rates.failuresPerSecond());
        put(node, "p50_ms", rates.p50Millis());
        put(node, "p99_ms", rates.p99Millis());
        return node.put("requests", (long) rates.total().arrivals())
                .put("failures", (long) rates.total().failed())
                .put("continuations", (long) rates.total().continuations())
                .put("retries", (long) rates.total().retries())
                .put("in_progress", (long) rates.total().inProgress())
                .put("held", (long) rates.total().held());
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
