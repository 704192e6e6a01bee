package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.engine.plan.BudgetStanding;

/// How a budget stands, for JSON.
final class BudgetTree {
    private BudgetTree() {}

    static void put(ObjectNode node, BudgetStanding standing) {
        node.put("usd_per_day", Dollars.usd(standing.budget().microDollarsPerDay()))
                .put("usd_spent_today", Dollars.usd(standing.spent()))
                .put("wanted_usd_per_hour", Dollars.usd(standing.wanted().microDollars()))
                .put("usd_per_hour", Dollars.usd(standing.rate().microDollars()))
                .put("given_up", standing.economy().text());
        standing.spentAt().ifPresent(at -> node.put("spent_at", at.toString()));
        node.put("until", standing.until().toString());
    }
}
