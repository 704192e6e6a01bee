package dev.skyhedge.engine.decision;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.Spec;
import java.util.List;
import java.util.Optional;

/// All that the planner was given at one instant, and what it decided.
///
/// @param spec what was declared
/// @param world what was known
/// @param options what was asked beyond the spec
/// @param actions what the plan was
public record Decision(Spec spec, World world, PlanOptions options, List<Action> actions) {
    /// In replicas: 0.45 MB of text for 200 of them, which packs to a fourteenth and is written in
    /// some 20 ms.
    public static final int LARGEST_FLEET = 1_000;

    /// In characters, of what workloads remember besides. It stands in a decision up to three times.
    static final int LARGEST_MEMORY = 100_000;

    public Decision {
        actions = List.copyOf(actions);
    }

    /// Whether it is worth keeping: something of it is done now that a user would call a change. Not
    /// of what is so large that a step would have to wait for the writing, nor of declarations that
    /// the language does not have.
    public boolean isKept() {
        return actions.stream().anyMatch(Decision::isNoticed)
                && world.replicas().values().stream().mapToInt(List::size).sum() <= LARGEST_FLEET
                && world.workloads().values().stream()
                                .mapToInt(workload -> workload.memory().length())
                                .sum()
                        <= LARGEST_MEMORY
                && spec.workloads().values().stream().allMatch(ValueCodec::knows);
    }

    private static boolean isNoticed(Action action) {
        return switch (action) {
            case Action.PutWorkload put -> put.isVisible();
            case Action.RemoveWorkload _, Action.Later _ -> false;
            case Action.Launch _,
                    Action.Drain _,
                    Action.Terminate _,
                    Action.MoveService _,
                    Action.Adopt _,
                    Action.Forget _ -> true;
        };
    }

    /// What it does now about one replica, in order.
    ///
    /// @param replica its name
    public List<Action> about(String replica) {
        return actions.stream().filter(action -> isAbout(action, replica)).toList();
    }

    private static boolean isAbout(Action action, String replica) {
        return switch (action) {
            case Action.Launch launch -> launch.replica().equals(replica);
            case Action.Drain drain -> drain.replica().equals(replica);
            case Action.Terminate end -> end.replica().equals(replica);
            case Action.Adopt adopt -> adopt.replica().equals(replica);
            case Action.Forget forget -> forget.replica().equals(replica);
            case Action.PutWorkload _, Action.RemoveWorkload _, Action.MoveService _, Action.Later _ -> false;
        };
    }

    /// What it launches for a service now.
    public List<Action.Launch> launches(String service) {
        return launches(actions, service);
    }

    static List<Action.Launch> launches(List<Action> actions, String service) {
        return actions.stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .filter(launch -> launch.service().equals(service))
                .toList();
    }

    /// What there was to choose from for a service, cheapest first, and what was made of it.
    public List<Alternative> alternatives(String service) {
        return Alternatives.of(this, service, _ -> true);
    }

    /// The smallest change with which the planner would have launched one of these; empty if it
    /// knows none.
    public Optional<Turn> turn(String service, List<Alternative> asked) {
        return new Turning(this, service).smallest(asked);
    }

    /// What the planner says to the same, now.
    public Plan again() {
        return Planner.plan(Kinds.of(spec), world, options);
    }

    /// Whether it still says the same, byte for byte.
    public boolean isDerivedAgain() {
        return DecisionJson.actions(again().actions()).equals(DecisionJson.actions(actions));
    }

    /// The same question about another spec.
    Decision with(Spec other) {
        return new Decision(other, world, options, actions);
    }

    /// The same question in another world.
    Decision with(World other) {
        return new Decision(spec, other, options, actions);
    }
}
