package dev.skyhedge.engine.workload;

import dev.skyhedge.engine.fleet.Arbiter;

/// Plans one declared workload: first it decides what it wants, then, once the [Arbiter] has granted what there is room
/// for, it says what its part of the plan is. An object plans once.
public interface WorkloadPlanner extends Arbiter.Claimant {
    /// Its part of the plan, once launches have been granted.
    WorkloadPlan plan();
}
