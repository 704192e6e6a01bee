package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Awaited;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Carries out the actions of a saved plan, these and no others, and waits until they have come to their end.
public final class CarryOut implements Goal {
    private final List<Action> actions;
    /// Those whose time has not come.
    private final Set<Action.Later> waiting = new LinkedHashSet<>();

    private boolean begun;

    /// @param actions of the saved plan
    public CarryOut(List<Action> actions) {
        this.actions = List.copyOf(actions);
        actions.forEach(action -> {
            if (action instanceof Action.Later later) {
                waiting.add(later);
            }
        });
    }

    @Override
    public Step step(Reconciler reconciler, List<Message> messages, Instant now) {
        List<Action> due = new ArrayList<>();
        for (Action action : actions) {
            // What takes effect later is said again.
            if (!begun || action instanceof Action.RemoveWorkload) {
                due.add(action);
            }
        }
        if (begun && !waiting.isEmpty()) {
            release(reconciler.world(now), reconciler.spec(), due);
        }
        begun = true;
        return reconciler.carryOut(due, messages, now);
    }

    private void release(World world, Spec spec, List<Action> due) {
        for (Action.Later later : List.copyOf(waiting)) {
            if (later.until().isOver(world, spec)) {
                waiting.remove(later);
                if (later.action() instanceof Action.Later inner) {
                    waiting.add(inner);
                } else {
                    due.add(later.action());
                }
            }
        }
    }

    @Override
    public Optional<Ending> reached(Spec spec, Step step, World world) {
        List<String> failed = new ArrayList<>();
        for (List<ReplicaRecord> replicas : world.replicas().values()) {
            for (ReplicaRecord replica : replicas) {
                if (Unanswered.is(replica, world)) {
                    failed.add(Unanswered.text(replica)
                            + ". A saved plan launches nowhere else; plan again, and others take its place");
                    continue;
                }
                if (replica.lifecycle().isLive() && replica.lifecycle() != Lifecycle.READY) {
                    return Optional.empty();
                }
                if (wasLaunched(replica) && replica.lifecycle() != Lifecycle.READY) {
                    failed.add(replica.name() + ": " + replica.reason());
                }
            }
        }
        if (failed.isEmpty() && waiting.stream().anyMatch(later -> later.until().isOver(world, spec))) {
            return Optional.empty();
        }
        waiting.forEach(later -> failed.add("not done: " + describe(later, spec)));
        return Optional.of(failed.isEmpty() ? new Ending.Reached() : new Ending.Hopeless(failed));
    }

    private static String describe(Action.Later later, Spec spec) {
        String what = Action.now(later) instanceof Action.Launch launch
                ? "the launch of " + launch.replica()
                : "the change of " + later.service();
        WorkloadSpec declared = spec.workloads().get(later.service());
        String why = later.until() instanceof Awaited.Checked && declared != null
                ? declared.preconditions().stream()
                        .flatMap(one -> one.messages().stream())
                        .collect(Collectors.joining("\n", ": ", ""))
                : "";
        return what + ", " + later.until().text() + why;
    }

    private boolean wasLaunched(ReplicaRecord replica) {
        return actions.stream()
                .map(Action::now)
                .anyMatch(action ->
                        action instanceof Action.Launch launch && launch.token().equals(replica.token()));
    }
}
