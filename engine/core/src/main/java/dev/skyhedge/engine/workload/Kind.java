package dev.skyhedge.engine.workload;

import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/// One kind of workload, with all that is declared of it, as the [Planner] sees it. Pure: what it is asked it answers
/// from the world alone.
public interface Kind {
    /// Names of the workloads without which this one cannot be launched.
    Collection<String> dependencies(String workload);

    /// What has to become of the records before anything is planned, such as other names for workloads.
    Succession succeed(World world, PlanOptions options);

    /// Plans for each declared workload that is to be planned, in the order of the spec.
    ///
    /// @param quotas what is left of the accounts' quotas, for all workloads together
    /// @param stopped names of workloads that must not be planned
    List<? extends WorkloadPlanner> planners(World world, PlanOptions options, QuotaRoom quotas, Set<String> stopped);

    /// Plans for the end of what is recorded and is to go.
    ///
    /// @param stopped names of workloads that must not be planned
    List<WorkloadPlan> removals(World world, PlanOptions options, Set<String> stopped);

    /// What one has to know of its workloads to keep what runs of them.
    Upkeep upkeep();

    /// What becomes of the records.
    ///
    /// @param world as it is once the actions are done
    /// @param actions that bring it about
    /// @param problems by the name of a workload that must not be planned because of it
    record Succession(World world, List<Action> actions, SortedMap<String, Plan.Problem> problems) {}
}
