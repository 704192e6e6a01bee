package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ServiceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Plans every service of a spec.
public final class Planner {
    private Planner() {}

    /// The plan for a spec that is planned once. See [#plan(Declarations, World, PlanOptions)].
    public static Plan plan(Spec spec, World world, PlanOptions asked) {
        return plan(Declarations.of(spec), world, asked);
    }

    /// The plan that brings the world one step closer to the spec. Once all its actions have ended and the
    /// world has been observed again, the next plan continues; when there is nothing left to do it is empty.
    public static Plan plan(Declarations declared, World world, PlanOptions asked) {
        Spec spec = declared.spec();
        Optional<PlacedOrder> destruction = ServiceOrders.destruction(world);
        PlanOptions options = (destruction.isPresent() ? asked.destroying() : asked).withDependencies(spec);
        MovedServices.Result moved = MovedServices.follow(spec, world, options);
        MovedServices.Result imported = ImportedInstances.follow(spec, moved.world(), options);
        SortedMap<String, Plan.Problem> problems = new TreeMap<>(imported.problems());
        problems.putAll(moved.problems());
        List<ServicePlan> parts = new ArrayList<>();
        parts.add(ServicePlan.of(moved.actions()));
        parts.add(ServicePlan.of(imported.actions()));
        parts.add(ServicePlan.stoppedBy(problems.values()));
        World then = imported.world();
        if (!options.destroy()) {
            parts.addAll(declared(declared, then, options, problems.keySet()));
        }
        List<ServiceRecord> removed = then.services().values().stream()
                .filter(recorded -> options.destroy() || !spec.services().containsKey(recorded.name()))
                .filter(recorded -> options.includes(recorded.name()))
                .filter(recorded -> !problems.containsKey(recorded.name()))
                .toList();
        for (ServiceRecord recorded : removed) {
            Removal removal = Removal.of(spec, recorded, options, destruction);
            parts.add(
                    removal.isAgreed(recorded, options)
                            ? RemovalPlanner.plan(
                                    recorded, then, options, removal, Dependents.of(recorded, removed, then))
                            : RemovalPlanner.refuse(recorded));
        }
        return merge(world, parts);
    }

    private static List<ServicePlan> declared(
            Declarations declared, World world, PlanOptions options, Set<String> stopped) {
        Map<String, Set<String>> taken = ReplicaNames.ofOtherServices(world);
        var quotas = new QuotaRoom(world);
        SequencedMap<String, ServicePlanner> planners = new LinkedHashMap<>();
        for (Declaration service : declared.services()) {
            String name = service.spec().name();
            if (options.includes(name) && !stopped.contains(name)) {
                planners.put(
                        name, new ServicePlanner(service, world, options, quotas, taken.getOrDefault(name, Set.of())));
            }
        }
        planners.values().forEach(planner -> planner.waitsFor(planners));
        List<ServicePlanner> granted = Arbiter.grant(planners.values());
        SequencedMap<String, ServicePlan> plans = new LinkedHashMap<>();
        planners.forEach((name, planner) -> plans.put(name, planner.plan()));
        // Told in the order of the spec, and begun in that of the arbiter: not every cloud lets its quotas be read.
        return Stream.concat(
                        plans.values().stream().map(plan -> plan.with(List.of())),
                        granted.stream()
                                .map(planner -> Objects.requireNonNull(plans.get(planner.name())))
                                .map(plan -> ServicePlan.of(plan.actions())))
                .toList();
    }

    /// The plan that only brings to its end what an earlier plan began: replicas that drain are terminated.
    public static Plan finish(World world) {
        List<Action> actions = new ArrayList<>();
        List<Instant> wakes = new ArrayList<>();
        world.replicas().forEach((service, replicas) -> {
            Signals signals = world.signalsOf(service);
            Duration limit = world.service(service)
                    .map(record -> SpecJson.drainTimeout(record.specJson()))
                    .orElse(UpdateSpec.DEFAULT.drainTimeout());
            replicas.forEach(replica -> Draining.step(replica, limit, signals, world.now(), actions::add, wakes::add));
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
                parts.stream().flatMap(part -> part.summary().stream()).toList(),
                parts.stream()
                        .flatMap(part -> part.learnt().stream())
                        .distinct()
                        .toList(),
                parts.stream()
                        .flatMap(part -> part.problems().stream())
                        .distinct()
                        .toList(),
                parts.stream().flatMap(part -> part.wakeAt().stream()).min(Comparator.naturalOrder()));
    }
}
