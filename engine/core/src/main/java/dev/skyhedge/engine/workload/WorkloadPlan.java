package dev.skyhedge.engine.workload;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The part of a plan that is about one workload, or about none alone.
public record WorkloadPlan(
        List<Action> actions,
        Optional<Plan.WorkloadSummary> summary,
        List<ZoneHealth> learnt,
        List<Plan.Problem> problems,
        Optional<Instant> wakeAt) {
    /// Just these actions.
    static WorkloadPlan of(List<Action> actions) {
        return new WorkloadPlan(actions, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /// The same with other actions.
    WorkloadPlan with(List<Action> others) {
        return new WorkloadPlan(others, summary, learnt, problems, wakeAt);
    }

    /// The same with another time at which planning again may decide otherwise.
    WorkloadPlan wakingAt(Optional<Instant> at) {
        return new WorkloadPlan(actions, summary, learnt, problems, at);
    }

    /// Nothing, because of these.
    public static WorkloadPlan stoppedBy(Collection<Plan.Problem> problems) {
        return new WorkloadPlan(List.of(), Optional.empty(), List.of(), List.copyOf(problems), Optional.empty());
    }
}
