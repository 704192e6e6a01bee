package dev.skyhedge.engine.plan;

import dev.skyhedge.state.ZoneHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The part of a plan that is about one service.
record ServicePlan(
        List<Action> actions,
        Plan.ServiceSummary summary,
        List<ZoneHealth> learnt,
        List<Plan.Problem> problems,
        Optional<Instant> wakeAt) {}
