package dev.skyhedge.cli.view.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.state.records.WorkloadRecord;

/// A recorded service as the tree of attributes that users are shown.
public final class ServiceTree {
    private ServiceTree() {}

    /// As it is recorded.
    public static ObjectNode of(WorkloadRecord service) {
        ObjectNode tree = Json.object().put("name", service.name());
        JsonNode spec = RecordedDurations.asInSpecs(Json.parse(service.specJson()));
        spec.properties().forEach(entry -> {
            if (!entry.getKey().equals("address")) {
                tree.set(entry.getKey(), entry.getValue());
            }
        });
        tree.put("wanted", service.wanted());
        service.failedVersion().ifPresent(version -> tree.put("stopped_version", version));
        return tree;
    }

    /// The same without hashes of sensitive values: for machines, which get a marker beside it.
    public static JsonNode withoutSensitive(JsonNode node) {
        if (isSensitive(node)) {
            return Json.array().textNode("(sensitive value)");
        }
        if (node.isObject()) {
            ObjectNode copy = Json.object();
            node.properties().forEach(entry -> copy.set(entry.getKey(), withoutSensitive(entry.getValue())));
            return copy;
        }
        return node;
    }

    /// The mirror that says where sensitive values are: `true` in their place, nothing elsewhere.
    public static ObjectNode sensitiveMarks(JsonNode node) {
        ObjectNode marks = Json.object();
        node.properties().forEach(entry -> {
            if (isSensitive(entry.getValue())) {
                marks.put(entry.getKey(), true);
            } else if (entry.getValue().isObject()) {
                ObjectNode inner = sensitiveMarks(entry.getValue());
                if (!inner.isEmpty()) {
                    marks.set(entry.getKey(), inner);
                }
            }
        });
        return marks;
    }

    private static boolean isSensitive(JsonNode node) {
        return node.isObject() && node.has("sensitive_sha256");
    }
}
