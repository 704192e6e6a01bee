package dev.skyhedge.cli.view.plan;

import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.spi.HourlyPrice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a plan does, counted. A replica that is ended while another one of its service is launched counts once,
/// as replaced.
///
/// @param launches replicas that come without another one going
/// @param replacements pairs of one that comes and one that goes
/// @param terminations replicas that go without another one coming
/// @param updates services whose record changes
/// @param imports instances that are taken over
/// @param forgets replicas whose instances are left running
/// @param moves services that get another name
/// @param cost of all services together
public record PlanTotals(
        int launches,
        int replacements,
        int terminations,
        int updates,
        int imports,
        int forgets,
        int moves,
        Plan.Cost cost) {
    private static final class Tally {
        int come;
        int go;
    }

    /// The totals of what is done now.
    public static PlanTotals of(Plan plan) {
        return of(plan, List.of());
    }

    /// The totals of what is done now and of the replacements that follow from it: an update goes step by step, and
    /// each step is a plan of its own.
    public static PlanTotals inTheEnd(PlanView view) {
        return of(view.plan(), Replacements.of(view));
    }

    private static PlanTotals of(Plan plan, List<Replacements> later) {
        Map<String, Tally> tallies = new TreeMap<>();
        int updates = 0;
        int imports = 0;
        int forgets = 0;
        int moves = 0;
        for (Action planned : plan.actions()) {
            Action action = Action.now(planned);
            Tally tally = tallies.computeIfAbsent(action.service(), _ -> new Tally());
            switch (action) {
                case Action.Launch _ -> tally.come++;
                case Action.Drain _, Action.Terminate _ -> tally.go++;
                case Action.PutWorkload put -> updates += put.before().isPresent() && put.isVisible() ? 1 : 0;
                case Action.Adopt _ -> imports++;
                case Action.Forget _ -> forgets++;
                case Action.MoveService _ -> moves++;
                case Action.RemoveWorkload _, Action.Later _ -> {}
            }
        }
        for (Replacements more : later) {
            Tally tally = tallies.computeIfAbsent(more.service(), _ -> new Tally());
            tally.come += more.come();
            tally.go += more.go();
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
        return new PlanTotals(launches, replacements, terminations, updates, imports, forgets, moves, plan.cost());
    }

    /// In one sentence.
    public String summary() {
        return "Plan: " + Words.grouped(launches) + " to launch, " + Words.grouped(replacements) + " to replace, "
                + Words.grouped(terminations) + " to terminate"
                + more(updates, "update")
                + more(imports, "import")
                + more(forgets, "forget")
                + more(moves, "move")
                + ".";
    }

    /// Only what there is of it.
    public String launchesAndEnds() {
        String text = more(launches, "launch") + more(replacements, "replace") + more(terminations, "terminate");
        return text.isEmpty() ? "nothing to launch or end" : text.substring(", ".length());
    }

    private static String more(int count, String verb) {
        return count > 0 ? ", " + Words.grouped(count) + " to " + verb : "";
    }

    /// A price is said once: where no spot is to come there is nothing to wait for, and where all is on-demand, or
    /// nothing may be, there is nothing to compare with.
    public String costs() {
        String now = Dollars.rate(cost.now());
        String settled = Dollars.rate(cost.settled());
        String allOnDemand = Dollars.rate(cost.allOnDemand());
        boolean same = now.equals(settled);
        boolean incomparable = cost.allOnDemand().equals(HourlyPrice.ZERO) || same && now.equals(allOnDemand);
        return "Cost: " + now + (same ? "" : " now, " + settled + " once spot is ready")
                + (incomparable ? "" : "; all on-demand would be " + allOnDemand) + ".";
    }
}
