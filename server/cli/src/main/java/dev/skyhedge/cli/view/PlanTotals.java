package dev.skyhedge.cli.view;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import java.util.Map;
import java.util.TreeMap;

/// What a plan does, counted. A replica that is ended while another one of its service is launched counts once,
/// as replaced.
///
/// @param launches replicas that come without another one going
/// @param replacements pairs of one that comes and one that goes
/// @param terminations replicas that go without another one coming
/// @param updates services whose record changes
/// @param cost of all services together
public record PlanTotals(int launches, int replacements, int terminations, int updates, Plan.Cost cost) {
    private static final class Tally {
        int come;
        int go;
    }

    /// The totals of a plan.
    public static PlanTotals of(Plan plan) {
        Map<String, Tally> tallies = new TreeMap<>();
        int updates = 0;
        for (Action action : plan.actions()) {
            Tally tally = tallies.computeIfAbsent(action.service(), _ -> new Tally());
            switch (action) {
                case Action.Launch _ -> tally.come++;
                case Action.Drain _, Action.Terminate _ -> tally.go++;
                case Action.PutService put -> updates += put.before().isPresent() && put.isVisible() ? 1 : 0;
                case Action.RemoveService _ -> {}
            }
        }
        int launches = 0;
        int replacements = 0;
        int terminations = 0;
        for (Tally tally : tallies.values()) {
            int both = Math.min(tally.come, tally.go);
            launches += tally.come - both;
            replacements += both;
            terminations += tally.go - both;
        }
        Plan.Cost cost =
                plan.services().stream().map(Plan.ServiceSummary::cost).reduce(Plan.Cost.ZERO, Plan.Cost::plus);
        return new PlanTotals(launches, replacements, terminations, updates, cost);
    }

    String summary() {
        return "Plan: " + Words.grouped(launches) + " to launch, " + Words.grouped(replacements) + " to replace, "
                + Words.grouped(terminations) + " to terminate"
                + (updates > 0 ? ", " + Words.grouped(updates) + " to update" : "") + ".";
    }

    String costs() {
        return "Cost: " + Dollars.rate(cost.now()) + " now, " + Dollars.rate(cost.settled())
                + " once spot is ready; all on-demand would be " + Dollars.rate(cost.allOnDemand()) + ".";
    }
}
