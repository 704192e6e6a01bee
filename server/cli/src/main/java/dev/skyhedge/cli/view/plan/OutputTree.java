package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Outputs as trees, sensitive ones hidden.
public final class OutputTree {
    private OutputTree() {}

    /// Values as they were.
    public static ObjectNode before(List<PlanView.OutputChange> outputs) {
        return tree(outputs, PlanView.OutputChange::beforeJson, "before");
    }

    /// Values as they will be.
    public static ObjectNode after(List<PlanView.OutputChange> outputs) {
        return tree(outputs, PlanView.OutputChange::afterJson, "after");
    }

    private static ObjectNode tree(
            List<PlanView.OutputChange> outputs, Function<PlanView.OutputChange, Optional<String>> value, String side) {
        ObjectNode tree = Json.object();
        for (PlanView.OutputChange output : outputs) {
            value.apply(output).ifPresent(json -> tree.set(output.name(), node(output, json, side)));
        }
        return tree;
    }

    /// A hidden value is told apart only by whether it changed.
    private static JsonNode node(PlanView.OutputChange output, String json, String side) {
        if (!output.sensitive()) {
            return Json.parse(json);
        }
        boolean same = output.beforeJson().equals(output.afterJson());
        return Json.object().put("sensitive_sha256", same ? "" : side);
    }

    /// Terraform's word for what happens to it.
    public static String action(PlanView.OutputChange output) {
        if (output.beforeJson().isEmpty()) {
            return "create";
        }
        if (output.afterJson().isEmpty()) {
            return "delete";
        }
        return output.beforeJson().equals(output.afterJson()) ? "noop" : "update";
    }
}
