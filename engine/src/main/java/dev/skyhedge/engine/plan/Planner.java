package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.ServiceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Plans every service of a spec.
public final class Planner {
    private Planner() {}

    /// The plan that brings the world one step closer to the spec. Once all its actions have ended and the
    /// world has been observed again, the next plan continues; when there is nothing left to do it is empty.
    public static Plan plan(Spec spec, World world, PlanOptions options) {
        List<ServicePlan> parts = new ArrayList<>();
        if (!options.destroy()) {
            var quotas = new QuotaRoom(world);
            for (ServiceSpec service : spec.services().values()) {
                if (options.includes(service.name())) {
                    parts.add(new ServicePlanner(service, world, options, quotas).plan());
                }
            }
        }
        for (ServiceRecord recorded : world.services().values()) {
            boolean declared = !options.destroy() && spec.services().containsKey(recorded.name());
            if (!declared && options.includes(recorded.name())) {
                parts.add(RemovalPlanner.plan(recorded, world, options));
            }
        }
        return merge(world, parts);
    }

    /// The plan that only brings to its end what an earlier plan began: replicas that drain are terminated.
    public static Plan finish(World world) {
        List<Action> actions = new ArrayList<>();
        List<Instant> wakes = new ArrayList<>();
        world.replicas().forEach((service, replicas) -> {
            Signals signals = world.signalsOf(service);
            replicas.forEach(replica -> Draining.step(replica, signals, world.now(), actions::add, wakes::add));
        });
        return new Plan(
                world.now(),
                world.lineage(),
                world.serial(),
                actions,
                List.of(),
                List.of(),
                List.of(),
                wakes.stream().min(Comparator.naturalOrder()));
    }

    private static Plan merge(World world, List<ServicePlan> parts) {
        return new Plan(
                world.now(),
                world.lineage(),
                world.serial(),
                parts.stream().flatMap(part -> part.actions().stream()).toList(),
                parts.stream().map(ServicePlan::summary).toList(),
                parts.stream()
                        .flatMap(part -> part.learnt().stream())
                        .distinct()
                        .toList(),
                parts.stream().flatMap(part -> part.problems().stream()).toList(),
                parts.stream().flatMap(part -> part.wakeAt().stream()).min(Comparator.naturalOrder()));
    }
}
