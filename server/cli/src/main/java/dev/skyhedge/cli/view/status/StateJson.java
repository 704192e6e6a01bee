package dev.skyhedge.cli.view.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.resource.Attributes;
import dev.skyhedge.cli.view.resource.ServiceTree;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.HistoryEntry;
import java.util.List;

/// `state list|show|history -json` and `output -json`. Each text ends with a newline.
public final class StateJson {
    private static final String FORMAT_VERSION = "1.0";

    private StateJson() {}

    /// The address of every service and every live replica.
    public static String list(List<WorkloadRecord> services, List<ReplicaRecord> replicas) {
        ObjectNode node = Json.object().put("format_version", FORMAT_VERSION);
        ArrayNode addresses = node.putArray("addresses");
        StateText.list(services, replicas).lines().forEach(addresses::add);
        return Json.pretty(node);
    }

    /// One service.
    public static String show(WorkloadRecord service) {
        return Json.pretty(ServiceTree.withoutSensitive(Attributes.of(service)));
    }

    /// One replica.
    public static String show(ReplicaRecord replica) {
        return Json.pretty(Attributes.of(replica));
    }

    /// Changes, newest first.
    public static String history(List<HistoryEntry> entries) {
        ObjectNode node = Json.object().put("format_version", FORMAT_VERSION);
        ArrayNode changes = node.putArray("changes");
        for (HistoryEntry entry : entries) {
            ObjectNode change = changes.addObject()
                    .put("serial", entry.serial())
                    .put("at", entry.at().toString())
                    .put("table", entry.table())
                    .put("key", entry.key())
                    .put("change", StateText.verb(entry));
            JsonNode before = ServiceTree.withoutSensitive(Attributes.ofRow(entry.beforeJson()));
            JsonNode after = ServiceTree.withoutSensitive(Attributes.ofRow(entry.afterJson()));
            change.set("before", before.isMissingNode() ? null : before);
            change.set("after", after.isMissingNode() ? null : after);
        }
        return Json.pretty(node);
    }

    /// All outputs as Terraform prints them, `{name: {sensitive, type, value}}`. Unlike there, a sensitive
    /// value is hidden.
    public static String outputs(List<OutputSpec> outputs) {
        ObjectNode node = Json.object();
        for (OutputSpec output : outputs) {
            JsonNode value = Json.parse(output.json());
            ObjectNode one = node.putObject(output.name()).put("sensitive", output.sensitive());
            if (!output.known()) {
                // A text would be taken for a value.
                one.put("type", "dynamic").put("known", false).putNull("value");
                continue;
            }
            one.put("type", type(value));
            one.set("value", output.sensitive() ? one.textNode("(sensitive value)") : value);
        }
        return Json.pretty(node);
    }

    /// The value of one output that was asked for by name, sensitive or not.
    public static String output(OutputSpec output) {
        return Json.line(Json.parse(output.json())) + "\n";
    }

    /// The same for scripts: a text without quotes, anything else as JSON.
    public static String outputRaw(OutputSpec output) {
        JsonNode value = Json.parse(output.json());
        return value.isTextual() ? value.textValue() : Json.line(value);
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            case ARRAY -> "tuple";
            case OBJECT -> "object";
            case NULL, MISSING, BINARY, POJO -> "dynamic";
        };
    }
}
