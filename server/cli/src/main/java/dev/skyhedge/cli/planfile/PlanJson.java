package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.state.store.json.Forms;
import dev.skyhedge.state.store.json.RecordForms;
import java.util.List;
import java.util.Optional;

/// A plan as JSON and back, exactly.
final class PlanJson {
    private PlanJson() {}

    static ObjectNode write(Plan plan) {
        ObjectNode node = Json.object()
                .put("at", plan.at().toString())
                .put("lineage", plan.lineage())
                .put("serial", plan.serial());
        Json.putList(node, "actions", plan.actions(), ActionJson::write);
        Json.putList(node, "services", plan.services(), PlanJson::write);
        Json.putList(node, "learnt", plan.learnt(), RecordForms.ZONE_HEALTH::write);
        Json.putList(node, "problems", plan.problems(), PlanJson::write);
        plan.budget().ifPresent(standing -> node.set("budget", BudgetJson.write(standing)));
        Json.putTime(node, "wake_at", plan.wakeAt());
        return node;
    }

    /// @throws IllegalArgumentException if it is not a plan
    static Plan read(JsonNode node) {
        return new Plan(
                Json.time(node, "at"),
                Json.text(node, "lineage"),
                Json.longInteger(node, "serial"),
                Json.list(node, "actions", ActionJson::read),
                Json.list(node, "services", PlanJson::summary),
                Json.list(node, "learnt", RecordForms.ZONE_HEALTH::read),
                Json.list(node, "problems", PlanJson::problem),
                node.has("budget") ? Optional.of(BudgetJson.read(node.required("budget"))) : Optional.empty(),
                Json.optionalTime(node, "wake_at"));
    }

    private static JsonNode write(Plan.Problem problem) {
        return Json.object()
                .put("service", problem.service())
                .put("summary", problem.summary())
                .put("detail", problem.detail());
    }

    private static Plan.Problem problem(JsonNode node) {
        return new Plan.Problem(Json.text(node, "service"), Json.text(node, "summary"), Json.text(node, "detail"));
    }

    private static JsonNode write(Plan.WorkloadSummary summary) {
        ObjectNode node = Json.object()
                .put("service", summary.service())
                .put("wanted", summary.wanted())
                .put("wanted_because", summary.wantedBecause())
                .put("spot_target", summary.spotTarget())
                .put("on_demand_target", summary.onDemandTarget())
                .put("serving", summary.serving());
        if (summary.missing() != lacking(summary.wanted(), summary.serving())) {
            node.put("missing", summary.missing());
        }
        if (summary.outdated() > 0) {
            node.put("outdated", summary.outdated());
        }
        node.putObject("cost")
                .put("now_micro_dollars", summary.cost().now().microDollars())
                .put("settled_micro_dollars", summary.cost().settled().microDollars())
                .put("all_on_demand_micro_dollars", summary.cost().allOnDemand().microDollars());
        Json.putTexts(node, "notes", summary.notes());
        if (!summary.hopeless().isEmpty()) {
            Json.putTexts(node, "hopeless", summary.hopeless());
        }
        return node;
    }

    /// What is missing where all machines are alike.
    private static int lacking(int wanted, int serving) {
        return Math.max(0, wanted - serving);
    }

    private static Plan.WorkloadSummary summary(JsonNode node) {
        JsonNode cost = node.required("cost");
        int wanted = Json.integer(node, "wanted");
        int serving = Json.integer(node, "serving");
        return new Plan.WorkloadSummary(
                Json.text(node, "service"),
                wanted,
                Json.text(node, "wanted_because"),
                Json.integer(node, "spot_target"),
                Json.integer(node, "on_demand_target"),
                serving,
                node.has("missing") ? Json.integer(node, "missing") : lacking(wanted, serving),
                node.has("outdated") ? Json.integer(node, "outdated") : 0,
                new Plan.Cost(
                        Forms.PRICE.read(cost.required("now_micro_dollars")),
                        Forms.PRICE.read(cost.required("settled_micro_dollars")),
                        Forms.PRICE.read(cost.required("all_on_demand_micro_dollars"))),
                Json.texts(node, "notes"),
                node.has("hopeless") ? Json.texts(node, "hopeless") : List.of());
    }
}
