package dev.skyhedge.cli.planfile;

import dev.skyhedge.engine.plan.Plan;
import java.util.Optional;

/// Whether a saved plan may still be applied. To be asked under the lease.
public final class Staleness {
    private Staleness() {}

    /// The reason why not; empty if it may.
    public static Optional<PlanFileProblem> check(Plan plan, String lineage, long serial) {
        if (!plan.lineage().equals(lineage)) {
            return Optional.of(new PlanFileProblem(
                    PlanFileProblem.Kind.OTHER_STATE,
                    "Saved plan does not match the given state",
                    "The given plan file was created for the state with lineage " + plan.lineage()
                            + ", but this state has lineage " + lineage + "."));
        }
        if (plan.serial() != serial) {
            return Optional.of(new PlanFileProblem(
                    PlanFileProblem.Kind.STALE,
                    "Saved plan is stale",
                    "The given plan file can no longer be applied because the state was changed by another operation "
                            + "after the plan was created."));
        }
        return Optional.empty();
    }
}
