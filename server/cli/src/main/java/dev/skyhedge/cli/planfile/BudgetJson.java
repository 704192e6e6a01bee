package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.plan.BudgetStanding;
import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.BudgetSpec.OnBreach;
import dev.skyhedge.state.store.json.Forms;

/// How a budget stands as JSON and back, exactly.
final class BudgetJson {
    private BudgetJson() {}

    static ObjectNode write(BudgetStanding standing) {
        ObjectNode node = Json.object()
                .put("micro_dollars_per_day", standing.budget().microDollarsPerDay())
                .put("only_warns", standing.budget().onBreach() == OnBreach.WARN)
                .put("spent_micro_dollars", standing.spent())
                .put("wanted_micro_dollars", standing.wanted().microDollars())
                .put("rate_micro_dollars", standing.rate().microDollars());
        node.putObject("economy")
                .put("spares", standing.economy().spares())
                .put("stand_ins", standing.economy().standIns())
                .put("fewer", standing.economy().fewer())
                .put("minimum", standing.economy().minimum());
        Json.putTime(node, "spent_at", standing.spentAt());
        return node.put("until", standing.until().toString());
    }

    /// @throws IllegalArgumentException if it is none
    static BudgetStanding read(JsonNode node) {
        JsonNode economy = node.required("economy");
        return new BudgetStanding(
                new BudgetSpec(
                        Json.longInteger(node, "micro_dollars_per_day"),
                        node.required("only_warns").booleanValue() ? OnBreach.WARN : OnBreach.DEGRADE),
                Json.longInteger(node, "spent_micro_dollars"),
                Forms.PRICE.read(node.required("wanted_micro_dollars")),
                Forms.PRICE.read(node.required("rate_micro_dollars")),
                new Economy(
                        economy.required("spares").booleanValue(),
                        economy.required("stand_ins").booleanValue(),
                        Json.integer(economy, "fewer"),
                        economy.required("minimum").booleanValue()),
                Json.optionalTime(node, "spent_at"),
                Json.time(node, "until"));
    }
}
