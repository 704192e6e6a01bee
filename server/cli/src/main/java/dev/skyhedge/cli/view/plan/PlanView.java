package dev.skyhedge.cli.view.plan;

import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.reconcile.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plan with what it was made from, ready to be shown.
///
/// @param plan what is to be done
/// @param world what it was made for
/// @param drift replicas that were found in another state than the recorded one
/// @param outputs outputs that change
public record PlanView(Plan plan, World world, List<Step.Transition> drift, List<OutputChange> outputs) {
    /// What there is to say of a plan to destroy that has no object.
    public static final String NOTHING_TO_DESTROY = "Nothing to destroy: no service is recorded in this state.";

    public PlanView {
        drift = List.copyOf(drift);
        outputs = List.copyOf(outputs);
    }

    /// An output's change. A sensitive value is never shown.
    ///
    /// @param name its label
    /// @param beforeJson as it was; empty for a new one
    /// @param afterJson as it will be; empty for one that goes
    /// @param sensitive whether only its name may be shown
    public record OutputChange(
            String name, Optional<String> beforeJson, Optional<String> afterJson, boolean sensitive) {}

    /// What would be done now.
    public static PlanView of(Preview preview) {
        return new PlanView(preview.plan(), preview.world(), preview.refresh().transitions(), List.of());
    }

    /// Only what the record would learn from the providers.
    public static PlanView ofDrift(Preview preview) {
        Plan nothing = new Plan(
                preview.plan().at(),
                preview.plan().lineage(),
                preview.plan().serial(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        return new PlanView(nothing, preview.world(), preview.refresh().transitions(), List.of());
    }

    /// Whether a plan to destroy has no object.
    public boolean isNothingToDestroy() {
        return !plan.hasChanges()
                && plan.problems().isEmpty()
                && world.workloads().isEmpty();
    }

    /// The actions of each service that has any, in their order.
    public Map<String, List<Action>> actionsByService() {
        Map<String, List<Action>> actions = new HashMap<>();
        plan.actions()
                .forEach(action -> actions.computeIfAbsent(action.service(), _ -> new ArrayList<>())
                        .add(action));
        return actions;
    }
}
