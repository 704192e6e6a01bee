package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Carries out the actions of a saved plan, these and no others, and waits until they have come to their end.
public final class CarryOut implements Goal {
    private final List<Action> actions;
    private boolean begun;

    /// @param actions of the saved plan
    public CarryOut(List<Action> actions) {
        this.actions = List.copyOf(actions);
    }

    @Override
    public Step step(Reconciler reconciler, List<Message> messages, Instant now) {
        List<Action> due = begun
                ? actions.stream()
                        .filter(Action.RemoveService.class::isInstance)
                        .toList()
                : actions;
        begun = true;
        return reconciler.carryOut(due, messages, now);
    }

    @Override
    public Optional<Ending> reached(Spec spec, Step step, World world) {
        List<String> failed = new ArrayList<>();
        for (List<ReplicaRecord> replicas : world.replicas().values()) {
            for (ReplicaRecord replica : replicas) {
                if (replica.lifecycle().isLive() && replica.lifecycle() != Lifecycle.READY) {
                    return Optional.empty();
                }
                if (wasLaunched(replica) && replica.lifecycle() != Lifecycle.READY) {
                    failed.add(replica.name() + ": " + replica.reason());
                }
            }
        }
        return Optional.of(failed.isEmpty() ? new Ending.Reached() : new Ending.Hopeless(failed));
    }

    private boolean wasLaunched(ReplicaRecord replica) {
        return actions.stream()
                .anyMatch(action ->
                        action instanceof Action.Launch launch && launch.token().equals(replica.token()));
    }
}
