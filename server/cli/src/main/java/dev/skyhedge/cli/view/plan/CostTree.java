package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.engine.plan.Plan;

/// What a plan costs, as JSON.
final class CostTree {
    private CostTree() {}

    static void put(ObjectNode node, Plan.Cost cost) {
        node.put("now_usd_per_hour", Dollars.usd(cost.now().microDollars()))
                .put("settled_usd_per_hour", Dollars.usd(cost.settled().microDollars()))
                .put(
                        "all_on_demand_usd_per_hour",
                        Dollars.usd(cost.allOnDemand().microDollars()));
    }
}
