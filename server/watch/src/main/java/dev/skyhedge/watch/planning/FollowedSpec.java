package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.declared.IgnoredChanges;
import dev.skyhedge.engine.declared.KeptServices;
import dev.skyhedge.engine.declared.SpecOrder;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.watch.installation.Refusal;
import java.util.List;

/// A spec in files, and how much it counts where it meets a state.
///
/// @param loaded what was read, without errors
/// @param order how much it counts
public record FollowedSpec(LoadedSpec loaded, SpecOrder order) {
    /// One that a person has given, who sees what follows from it.
    public static FollowedSpec whole(LoadedSpec loaded) {
        return new FollowedSpec(loaded, SpecOrder.WHOLE);
    }

    /// What is to be planned and served: with recorded values where a service ignores changes, and with recorded
    /// services that may not go.
    ///
    /// @throws Refusal if a recorded value cannot be kept
    public Spec against(Snapshot snapshot) {
        Spec declared = loaded.spec().orElseThrow();
        if (isDeclared()) {
            List<Plan.Problem> problems =
                    IgnoredChanges.keep(declared, snapshot.services()).problems();
            if (!problems.isEmpty()) {
                throw new Refusal(PlanProblems.diagnostics(loaded, problems));
            }
        }
        return kept(declared, snapshot).spec();
    }

    /// The same of another evaluation of these files, after the first one.
    public Spec against(Spec evaluated, Snapshot snapshot) {
        return kept(evaluated, snapshot).spec();
    }

    /// What the planner is told.
    public PlanOptions options() {
        return PlanOptions.DEFAULT.agreeing(order.removals());
    }

    /// What cannot be kept up in full.
    public List<Plan.Problem> notKeptUp(Snapshot snapshot) {
        return kept(loaded.spec().orElseThrow(), snapshot).problems();
    }

    /// Whether the files count for more than their providers.
    public boolean isDeclared() {
        return order instanceof SpecOrder.Declared;
    }

    private KeptServices.Result kept(Spec evaluated, Snapshot snapshot) {
        Spec spec = isDeclared()
                ? IgnoredChanges.keep(evaluated, snapshot.services()).spec()
                : evaluated;
        return KeptServices.of(spec, snapshot.services(), order);
    }
}
