package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.Declaration;
import dev.skyhedge.engine.declared.Declarations;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.fleet.TakenNames;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Kind;
import dev.skyhedge.engine.workload.Removal;
import dev.skyhedge.engine.workload.RemovalPlanner;
import dev.skyhedge.engine.workload.Upkeep;
import dev.skyhedge.engine.workload.WorkloadPlan;
import dev.skyhedge.engine.workload.WorkloadPlanner;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The kind `service`: replicas that answer requests.
///
/// @param declared the services of a spec
public record Services(Declarations declared) implements Kind {
    private Spec spec() {
        return declared.spec();
    }

    @Override
    public Collection<String> dependencies(String workload) {
        return spec().service(workload).map(ServiceSpec::dependsOn).orElse(List.of());
    }

    /// First other names, then instances that are taken over.
    @Override
    public Succession succeed(World world, PlanOptions options) {
        Succession moved = MovedServices.follow(spec(), world, options);
        Succession imported = ImportedInstances.follow(spec(), moved.world(), options);
        List<Action> actions = new ArrayList<>(moved.actions());
        actions.addAll(imported.actions());
        SortedMap<String, Plan.Problem> problems = new TreeMap<>(imported.problems());
        problems.putAll(moved.problems());
        return new Succession(imported.world(), actions, problems);
    }

    @Override
    public List<WorkloadPlanner> planners(World world, PlanOptions options, QuotaRoom quotas, Set<String> stopped) {
        var taken = new TakenNames(world);
        SequencedMap<String, ServicePlanner> planners = new LinkedHashMap<>();
        for (Declaration service : declared.services()) {
            String name = service.spec().name();
            if (options.includes(name) && !stopped.contains(name)) {
                planners.put(name, new ServicePlanner(service, world, options, quotas, taken));
            }
        }
        planners.values().forEach(planner -> planner.waitsFor(planners));
        return List.copyOf(planners.values());
    }

    @Override
    public List<WorkloadPlan> removals(World world, PlanOptions options, Set<String> stopped) {
        List<WorkloadRecord> removed = world.workloads().values().stream()
                .filter(recorded -> recorded.is(WorkloadRecord.SERVICE))
                .filter(recorded ->
                        options.destroy() || spec().service(recorded.name()).isEmpty())
                .filter(recorded -> options.includes(recorded.name()))
                .filter(recorded -> !stopped.contains(recorded.name()))
                .toList();
        return removed.stream()
                .map(recorded -> {
                    Removal removal = Removal.of(spec(), recorded, options, world.destruction());
                    return removal.isAgreed(recorded, options)
                            ? RemovalPlanner.plan(
                                    recorded,
                                    world,
                                    removal,
                                    Dependents.of(recorded, removed, world),
                                    SpecJson.drainTimeout(recorded.specJson()))
                            : RemovalPlanner.refuse(recorded);
                })
                .toList();
    }

    @Override
    public Upkeep upkeep() {
        return new ServiceUpkeep(declared);
    }
}
