package dev.skyhedge.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Nothing known is never taken for good: whatever the signals say and leave out, a draining replica is
/// ended only for what somebody knows.
class SignalsProperties {
    private static final Instant NOW = Worlds.NOW;
    private static final Declared NONE = Declared.service("chat").wants(0);
    private static final ReplicaRecord DRAINING = Worlds.replica(NONE, 1, Lifecycle.READY, Worlds.EAST_A)
            .in(Lifecycle.DRAINING, NOW.minusSeconds(30), "more than needed");

    @Provide
    Arbitrary<Signals> signals() {
        Arbitrary<Map<String, Integer>> inFlight = Arbitraries.maps(
                        Arbitraries.of("chat-1", "chat-2"),
                        Arbitraries.integers().between(0, 3))
                .ofMaxSize(2);
        Arbitrary<Optional<Instant>> countedAt =
                Arbitraries.integers().between(-60, 0).map(NOW::plusSeconds).optional();
        Arbitrary<Set<String>> drained =
                Arbitraries.of("chat-1", "chat-2").set().ofMaxSize(2);
        Arbitrary<Map<String, Instant>> watched = Arbitraries.maps(
                        Arbitraries.of("chat-1", "chat-2"),
                        Arbitraries.integers().between(-1_200, 0).map(NOW::plusSeconds))
                .ofMaxSize(2);
        Arbitrary<Boolean> counted = Arbitraries.of(true, false);
        return Combinators.combine(inFlight, countedAt, drained, watched, counted)
                .as((requests, at, idle, since, isCounted) -> new Signals(
                        OptionalDouble.empty(),
                        0,
                        Map.of(),
                        Set.of(),
                        requests,
                        at,
                        idle,
                        isCounted,
                        since,
                        Optional.empty()));
    }

    @Property
    void endsADrainingReplicaOnlyIfItIsKnownToBeIdleOrItsTimeIsUp(@ForAll("signals") Signals signals) {
        Plan plan = Planner.plan(Kinds.of(Declared.all(NONE)), Worlds.of(NONE, signals, DRAINING), PlanOptions.DEFAULT);

        boolean nobodyCounts = !signals.counted();
        boolean found = signals.drained().contains("chat-1");
        boolean counted = signals.countedAt().filter(DRAINING.since()::isBefore).isPresent()
                && Optional.ofNullable(signals.inFlight().get("chat-1")).equals(Optional.of(0));
        boolean timeIsUp = Optional.ofNullable(signals.watchedSince().get("chat-1"))
                .filter(since -> !since.plus(Duration.ofMinutes(10)).isAfter(NOW))
                .isPresent();
        assertThat(plan.actions().stream().anyMatch(Action.Terminate.class::isInstance))
                .isEqualTo(nobodyCounts || found || counted || timeIsUp);
    }
}
