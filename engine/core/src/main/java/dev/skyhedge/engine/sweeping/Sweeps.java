package dev.skyhedge.engine.sweeping;

import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.fleet.Retirement;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Kind;
import dev.skyhedge.engine.workload.Upkeep;
import dev.skyhedge.engine.workload.WorkloadPlan;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The kind `sweep`.
public final class Sweeps implements Kind {
    private final Spec spec;
    private final SortedMap<String, Declared> sweeps = new TreeMap<>();

    public Sweeps(Spec spec) {
        this.spec = spec;
        spec.of(SweepSpec.class).forEach((name, sweep) -> sweeps.put(name, Declared.of(sweep)));
    }

    /// A sweep waits for nobody.
    @Override
    public Collection<String> dependencies(String workload) {
        return List.of();
    }

    @Override
    public Succession succeed(World world, PlanOptions options) {
        return new Succession(world, List.of(), new TreeMap<>());
    }

    @Override
    public List<SweepPlanner> planners(World world, PlanOptions options, QuotaRoom quotas, Set<String> stopped) {
        return spec.of(SweepSpec.class).sequencedKeySet().stream()
                .filter(name -> options.includes(name) && !stopped.contains(name))
                .flatMap(name -> Optional.ofNullable(sweeps.get(name)).stream())
                .map(sweep -> new SweepPlanner(sweep, world, options, quotas))
                .toList();
    }

    @Override
    public List<WorkloadPlan> removals(World world, PlanOptions options, Set<String> stopped) {
        return world.workloads().values().stream()
                .filter(recorded -> recorded.is(SweepSpec.KIND))
                .filter(recorded -> options.includes(recorded.name()) && !stopped.contains(recorded.name()))
                .filter(recorded -> options.destroy()
                        || (!sweeps.containsKey(recorded.name())
                                && options.removals().include(recorded.name())))
                .map(recorded -> remove(recorded, world, options.destroy()))
                .toList();
    }

    private static WorkloadPlan remove(WorkloadRecord recorded, World world, boolean destroy) {
        String why = destroy ? "everything is to end" : "it is not declared any more";
        List<Action> actions = new ArrayList<>();
        List<Instant> wakes = new ArrayList<>();
        for (ReplicaRecord task : world.replicasOf(recorded.name())) {
            Retirement.retire(task, Lifecycle.GONE, why).ifPresent(actions::add);
            Draining.step(task, Duration.ZERO, world.signalsOf(recorded.name()), world.now(), actions::add, wakes::add);
        }
        actions.add(new Action.RemoveWorkload(recorded.name(), why));
        int serving = (int) world.replicasOf(recorded.name()).stream()
                .filter(ReplicaRecord::isServing)
                .count();
        return new WorkloadPlan(
                actions,
                Optional.of(
                        new Plan.WorkloadSummary(recorded.name(), 0, why, 0, 0, serving, Plan.Cost.ZERO, List.of())),
                List.of(),
                List.of(),
                wakes.stream().min(Comparator.naturalOrder()));
    }

    @Override
    public Upkeep upkeep() {
        return new SweepUpkeep(sweeps);
    }
}
