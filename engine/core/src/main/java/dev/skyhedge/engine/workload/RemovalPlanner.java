package dev.skyhedge.engine.workload;

import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.Retirement;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Awaited;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Plans the end of a workload that is not declared any more: its replicas are ended, or only forgotten.
public final class RemovalPlanner {
    private RemovalPlanner() {}

    /// The end of a workload to which somebody has agreed.
    ///
    /// @param dependents workloads that go before this one
    /// @param drain how long its replicas have for what they do
    public static WorkloadPlan plan(
            WorkloadRecord service, World world, Removal removal, List<String> dependents, Duration drain) {
        String why = removal.why();
        if (removal.forgets()) {
            return forget(service, world, why);
        }
        if (service.protect()) {
            return new WorkloadPlan(
                    List.of(),
                    Optional.of(summary(service, world, why, List.of())),
                    List.of(),
                    List.of(new Plan.Problem(
                            service.name(),
                            "Service is protected",
                            service.address() + " has protect = true, so no plan may remove it. Set protect = false, "
                                    + "apply that, and then remove it.")),
                    Optional.empty());
        }
        List<Action> actions = new ArrayList<>();
        Signals signals = world.signalsOf(service.name());
        List<Instant> wakes = new ArrayList<>();
        for (ReplicaRecord replica : world.replicasOf(service.name())) {
            Retirement.retire(replica, Lifecycle.GONE, why)
                    .map(action ->
                            dependents.isEmpty() ? action : new Action.Later(action, new Awaited.Gone(dependents)))
                    .ifPresent(actions::add);
            Draining.step(replica, drain, signals, world.now(), actions::add, wakes::add);
        }
        actions.add(new Action.RemoveWorkload(service.name(), why));
        List<String> notes = dependents.isEmpty()
                ? List.of()
                : List.of("ends after " + String.join(", ", dependents) + ", which depend"
                        + (dependents.size() == 1 ? "s" : "") + " on it");
        return new WorkloadPlan(
                actions,
                Optional.of(summary(service, world, why, notes)),
                List.of(),
                List.of(),
                wakes.stream().min(Comparator.naturalOrder()));
    }

    /// What nobody has agreed to does not happen, whoever asks for the plan.
    public static WorkloadPlan refuse(WorkloadRecord service) {
        return WorkloadPlan.stoppedBy(List.of(new Plan.Problem(
                service.name(),
                "The removal of a " + service.kind() + " is not agreed to",
                service.address() + " is recorded and not in the spec. That alone does not end it: `skyhedge apply`"
                        + " asks, and a removed block says so in the spec.")));
    }

    /// A replica whose launch has not been answered is forgotten once it has been; one whose end was asked
    /// for comes to it.
    private static WorkloadPlan forget(WorkloadRecord service, World world, String why) {
        List<Action> actions = new ArrayList<>();
        for (ReplicaRecord replica : world.replicasOf(service.name())) {
            switch (replica.lifecycle()) {
                case PROVISIONING, STARTING, READY, DRAINING ->
                    actions.add(new Action.Forget(
                            service.name(), replica.name(), replica.generation(), replica.offer(), why));
                case REQUESTED, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> {}
            }
        }
        actions.add(new Action.RemoveWorkload(service.name(), why));
        List<String> notes = actions.size() == 1
                ? List.of()
                : List.of("instances that run on cost money until they are ended by other means; an import block takes"
                        + " them back");
        return new WorkloadPlan(
                actions, Optional.of(summary(service, world, why, notes)), List.of(), List.of(), Optional.empty());
    }

    private static Plan.WorkloadSummary summary(WorkloadRecord service, World world, String why, List<String> notes) {
        Signals signals = world.signalsOf(service.name());
        int serving = (int) world.replicasOf(service.name()).stream()
                .filter(signals::isServing)
                .count();
        return new Plan.WorkloadSummary(service.name(), 0, why, 0, 0, serving, Plan.Cost.ZERO, notes);
    }
}
