package dev.skyhedge.engine.sweeping;

import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Kind;
import dev.skyhedge.engine.workload.Removal;
import dev.skyhedge.engine.workload.RemovalPlanner;
import dev.skyhedge.engine.workload.Upkeep;
import dev.skyhedge.engine.workload.WorkloadPlan;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.SweepSpec;
import java.time.Duration;
import java.util.Collection;
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
                .filter(recorded -> options.destroy() || !sweeps.containsKey(recorded.name()))
                .map(recorded -> {
                    Removal removal = Removal.of(spec, recorded, options, world.destruction());
                    return removal.isAgreed(recorded, options)
                            ? RemovalPlanner.plan(recorded, world, removal, List.of(), Duration.ZERO)
                            : RemovalPlanner.refuse(recorded);
                })
                .toList();
    }

    @Override
    public Upkeep upkeep() {
        return new SweepUpkeep(sweeps);
    }
}
