package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.decision.Decision;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the reconciler makes of its messages.
///
/// @param changes to be committed before anything else happens
/// @param effects to be started once the changes are committed
/// @param transitions what became of replicas, for progress displays and measurements
/// @param plan the plan that led to the changes
/// @param wakeAt when to come back without a message
/// @param decision what the planner was given, if it was asked
public record Step(
        List<Change> changes,
        List<Effect> effects,
        List<Transition> transitions,
        Plan plan,
        Optional<Instant> wakeAt,
        Optional<Decision> decision) {
    public Step {
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
        transitions = List.copyOf(transitions);
    }

    /// Of nobody who asked the planner.
    public Step(
            List<Change> changes,
            List<Effect> effects,
            List<Transition> transitions,
            Plan plan,
            Optional<Instant> wakeAt) {
        this(changes, effects, transitions, plan, wakeAt, Optional.empty());
    }

    /// The same, as the planner was given this.
    Step decidedBy(Decision given) {
        return new Step(changes, effects, transitions, plan, wakeAt, Optional.of(given));
    }

    /// A replica entered another state.
    ///
    /// @param before as it was; empty for a new generation
    /// @param after as it is
    public record Transition(Optional<ReplicaRecord> before, ReplicaRecord after) {}
}
