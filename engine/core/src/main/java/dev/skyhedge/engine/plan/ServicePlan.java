package dev.skyhedge.engine.plan;

import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The part of a plan that is about one service, or about none alone.
record ServicePlan(
        List<Action> actions,
        Optional<Plan.ServiceSummary> summary,
        List<ZoneHealth> learnt,
        List<Plan.Problem> problems,
        Optional<Instant> wakeAt) {
    /// Just these actions.
    static ServicePlan of(List<Action> actions) {
        return new ServicePlan(actions, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /// The same with other actions.
    ServicePlan with(List<Action> others) {
        return new ServicePlan(others, summary, learnt, problems, wakeAt);
    }

    /// Nothing, because of these.
    static ServicePlan stoppedBy(Collection<Plan.Problem> problems) {
        return new ServicePlan(List.of(), Optional.empty(), List.of(), List.copyOf(problems), Optional.empty());
    }
}
