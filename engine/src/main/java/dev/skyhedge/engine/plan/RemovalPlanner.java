package dev.skyhedge.engine.plan;

import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.ServiceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Plans the end of a service that is not declared any more.
final class RemovalPlanner {
    private RemovalPlanner() {}

    static ServicePlan plan(ServiceRecord service, World world, PlanOptions options) {
        String why = options.destroy() ? "everything is to be destroyed" : service.address() + " is not in the spec";
        List<ReplicaRecord> replicas = world.replicasOf(service.name());
        if (service.protect()) {
            return new ServicePlan(
                    List.of(),
                    summary(service, world, why),
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
        for (ReplicaRecord replica : replicas) {
            Retirement.retire(replica, Lifecycle.GONE, why).ifPresent(actions::add);
            Draining.step(replica, signals, world.now(), actions::add, wakes::add);
        }
        actions.add(new Action.RemoveService(service.name(), why));
        return new ServicePlan(
                actions,
                summary(service, world, why),
                List.of(),
                List.of(),
                wakes.stream().min(Comparator.naturalOrder()));
    }

    private static Plan.ServiceSummary summary(ServiceRecord service, World world, String why) {
        Signals signals = world.signalsOf(service.name());
        int serving = (int) world.replicasOf(service.name()).stream()
                .filter(signals::isServing)
                .count();
        return new Plan.ServiceSummary(service.name(), 0, why, 0, 0, serving, Plan.Cost.ZERO, List.of());
    }
}
