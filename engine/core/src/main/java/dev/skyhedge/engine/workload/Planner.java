package dev.skyhedge.engine.workload;

import dev.skyhedge.engine.fleet.Arbiter;
import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.UpdateSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The one planner: plans the workloads of all kinds together, as they share quotas.
public final class Planner {
    private Planner() {}

    /// The plan that brings the world one step closer to what is declared. Once all its actions have ended and the
    /// world has been observed again, the next plan continues; when there is nothing left to do it is empty.
    public static Plan plan(Workloads declared, World world, PlanOptions asked) {
        PlanOptions options =
                (world.destruction().isPresent() ? asked.destroying() : asked).withDependencies(declared::dependencies);
        return declared.budget()
                .filter(_ -> !options.destroy())
                .map(budget -> new Rationing(
                                budget, world, economy -> unlimited(declared, world, options.saving(economy)))
                        .plan())
                .orElseGet(() -> unlimited(declared, world, options));
    }

    private static Plan unlimited(Workloads declared, World world, PlanOptions options) {
        List<WorkloadPlan> parts = new ArrayList<>();
        SortedMap<String, Plan.Problem> problems = new TreeMap<>();
        World then = world;
        for (Kind kind : declared.kinds()) {
            Kind.Succession succession = kind.succeed(then, options);
            then = succession.world();
            parts.add(WorkloadPlan.of(succession.actions()));
            problems.putAll(succession.problems());
        }
        parts.add(WorkloadPlan.stoppedBy(problems.values()));
        if (!options.destroy()) {
            parts.addAll(declared(declared.kinds(), then, options, problems.keySet()));
        }
        for (Kind kind : declared.kinds()) {
            parts.addAll(kind.removals(then, options, problems.keySet()));
        }
        return merge(world, parts);
    }

    private static List<WorkloadPlan> declared(
            List<Kind> kinds, World world, PlanOptions options, Set<String> stopped) {
        var quotas = new QuotaRoom(world);
        List<WorkloadPlanner> planners = new ArrayList<>();
        kinds.forEach(kind -> planners.addAll(kind.planners(world, options, quotas, stopped)));
        List<WorkloadPlanner> granted = Arbiter.grant(planners);
        Map<WorkloadPlanner, WorkloadPlan> plans = new IdentityHashMap<>();
        planners.forEach(planner -> plans.put(planner, planner.plan()));
        // Told in the order of the spec, and begun in that of the arbiter: not every cloud lets its quotas be read.
        return Stream.concat(
                        planners.stream()
                                .map(planner -> Objects.requireNonNull(plans.get(planner)))
                                .map(plan -> plan.with(List.of())),
                        granted.stream()
                                .map(planner -> Objects.requireNonNull(plans.get(planner)))
                                .map(plan -> WorkloadPlan.of(plan.actions())))
                .toList();
    }

    /// The plan that only brings to its end what an earlier plan began: replicas that drain are terminated.
    public static Plan finish(Workloads declared, World world) {
        List<Action> actions = new ArrayList<>();
        List<Instant> wakes = new ArrayList<>();
        world.replicas().forEach((workload, replicas) -> {
            Signals signals = world.signalsOf(workload);
            Duration limit =
                    declared.drainTimeout(workload, world.service(workload)).orElse(UpdateSpec.DEFAULT.drainTimeout());
            replicas.forEach(replica -> Draining.step(replica, limit, signals, world.now(), actions::add, wakes::add));
        });
        return merge(
                world, List.of(WorkloadPlan.of(actions).wakingAt(wakes.stream().min(Comparator.naturalOrder()))));
    }

    private static Plan merge(World world, List<WorkloadPlan> parts) {
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
