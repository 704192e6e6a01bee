package dev.skyhedge.cli.view.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Recorded rows as trees of attributes, with times that people can read.
public final class Attributes {
    private static final String MILLIS = "_millis";
    /// The one time in a row that is no instant.
    private static final String CALM_BEFORE = "calm_before_millis";

    private static final String JSON = "_json";
    private static final String SPEC_JSON = "spec_json";
    private static final String MICRO_DOLLARS = "price_micro_dollars";

    private Attributes() {}

    /// Of a service.
    public static ObjectNode of(WorkloadRecord service) {
        ObjectNode node = ServiceTree.of(service);
        node.put("version", service.version());
        service.stable().ifPresent(stable -> node.put("stable_version", stable.version()));
        return node.put("created_at", service.createdAt().toString());
    }

    /// Of a replica.
    public static ObjectNode of(ReplicaRecord replica) {
        ObjectNode node = ReplicaTree.of(replica);
        node.put("token", replica.token().value())
                .put("requested_at", replica.requestedAt().toString())
                .put("since", replica.since().toString());
        replica.readyAt().ifPresent(at -> node.put("ready_at", at.toString()));
        replica.atRiskSince().ifPresent(at -> node.put("at_risk_since", at.toString()));
        replica.preemptionAt().ifPresent(at -> node.put("preemption_at", at.toString()));
        node.put("failures", replica.failures()).put("reason", replica.reason());
        return replica.logTail().isEmpty() ? node : node.put("log_tail", replica.logTail());
    }

    /// A row of history as it was stored.
    public static JsonNode ofRow(Optional<String> json) {
        return json.map(text -> readable(Json.parse(text))).orElse(MissingNode.getInstance());
    }

    private static JsonNode readable(JsonNode row) {
        if (!row.isObject()) {
            return row;
        }
        ObjectNode node = Json.object();
        row.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (name.equals(CALM_BEFORE) && value.isNumber()) {
                node.put(withoutEnd(name, MILLIS), Durations.text(Duration.ofMillis(value.longValue())));
            } else if (name.endsWith(MILLIS) && value.isNumber()) {
                node.put(
                        withoutEnd(name, MILLIS),
                        Instant.ofEpochMilli(value.longValue()).toString());
            } else if (name.equals(MICRO_DOLLARS)) {
                node.put("price_usd_per_hour", Dollars.usd(value.longValue()));
            } else if (name.equals(SPEC_JSON) && value.isTextual()) {
                node.set(withoutEnd(name, JSON), RecordedDurations.asInSpecs(Json.parse(value.textValue())));
            } else if (name.endsWith(JSON) && value.isTextual()) {
                node.set(withoutEnd(name, JSON), Json.parse(value.textValue()));
            } else {
                node.set(name, readable(value));
            }
        });
        return node;
    }

    private static String withoutEnd(String name, String end) {
        return name.substring(0, name.length() - end.length());
    }
}
