package dev.skyhedge.engine.service;

import static dev.skyhedge.engine.testing.Worlds.EAST_A;
import static dev.skyhedge.engine.testing.Worlds.EAST_B;
import static dev.skyhedge.engine.testing.Worlds.NOW;
import static dev.skyhedge.engine.testing.Worlds.ON_DEMAND;
import static dev.skyhedge.engine.testing.Worlds.WEST_A;
import static dev.skyhedge.engine.testing.Worlds.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.LaunchTokens;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServicePlannerTest {
    private static final Declared CHAT = Declared.service("chat");

    private static Plan plan(Declared service, World world) {
        return Planner.plan(Kinds.of(Declared.all(service)), world, PlanOptions.DEFAULT);
    }

    private static List<String> ended(Plan plan) {
        return plan.actions().stream()
                .flatMap(action -> switch (action) {
                    case Action.Drain drain -> List.of("drain " + drain.replica()).stream();
                    case Action.Terminate terminate -> List.of("terminate " + terminate.replica()).stream();
                    case Action.Launch _,
                            Action.PutWorkload _,
                            Action.RemoveWorkload _,
                            Action.MoveService _,
                            Action.Adopt _,
                            Action.Forget _,
                            Action.Later _ -> List.<String>of().stream();
                })
                .toList();
    }

    private static List<Action.Launch> launches(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .toList();
    }

    private static World empty() {
        return Worlds.of(Map.of(), Signals.NONE);
    }

    @Test
    void recordsTheServiceBeforeItLaunchesItsReplicas() {
        Plan plan = plan(CHAT.wants(2), empty());

        assertThat(plan.actions()).hasSize(3);
        assertThat(plan.actions().getFirst()).isInstanceOf(Action.PutWorkload.class);
        assertThat(launches(plan)).extracting(Action.Launch::replica).containsExactly("chat-1", "chat-2");
    }

    @Test
    void plansNothingWhenAllIsAsDeclared() {
        World world = Worlds.of(
                CHAT.wants(2),
                Signals.NONE,
                replica(CHAT, 1, Lifecycle.READY, EAST_A),
                replica(CHAT, 2, Lifecycle.READY, EAST_B));

        assertThat(plan(CHAT.wants(2), world).isEmpty()).isTrue();
    }

    @Test
    void endsThoseFirstThatUsersWouldMissLeast() {
        ReplicaRecord[] all = {
            replica(CHAT, 1, Lifecycle.READY, EAST_A),
            replica(CHAT, 2, Lifecycle.READY, EAST_B),
            replica(CHAT, 3, Lifecycle.READY, WEST_A),
            replica(CHAT, 4, Lifecycle.STARTING, EAST_A),
            replica(CHAT, 5, Lifecycle.PROVISIONING, EAST_A)
        };
        Signals secondFails = failing("chat-2", NOW);

        Plan plan = plan(CHAT.wants(1), Worlds.of(CHAT.wants(1), secondFails, all));

        assertThat(ended(plan)).containsExactly("terminate chat-5", "terminate chat-4", "drain chat-2", "drain chat-3");
    }

    @Test
    void givesAFreeNameTheNextGeneration() {
        World world = Worlds.of(
                CHAT.wants(2),
                Signals.NONE,
                replica(CHAT, 1, Lifecycle.GONE, EAST_A),
                replica(CHAT, 2, Lifecycle.READY, EAST_B));

        Plan plan = plan(CHAT.wants(2), world);

        assertThat(launches(plan)).singleElement().satisfies(launch -> {
            assertThat(launch.replica()).isEqualTo("chat-1");
            assertThat(launch.generation()).isEqualTo(2);
        });
    }

    @Test
    void holdsAFailedNameBackAndSaysWhenItIsDue() {
        ReplicaRecord failed = replica(CHAT, 1, Lifecycle.STARTING, EAST_A)
                .failing()
                .failing()
                .in(Lifecycle.FAILED, NOW.minusMillis(400), "did not start");

        Plan plan = plan(CHAT, Worlds.of(CHAT, Signals.NONE, failed));

        assertThat(launches(plan)).isEmpty();
        assertThat(plan.wakeAt()).contains(NOW.plusMillis(600));
    }

    @Test
    void replacesAtOnceAfterTheFirstFailure() {
        ReplicaRecord failed =
                replica(CHAT, 1, Lifecycle.STARTING, EAST_A).failing().in(Lifecycle.FAILED, NOW, "the command exited");

        Plan plan = plan(CHAT, Worlds.of(CHAT, Signals.NONE, failed));

        assertThat(launches(plan))
                .singleElement()
                .satisfies(launch -> assertThat(launch.replica()).isEqualTo("chat-1"));
    }

    @Test
    void givesNoNewNameToTheSuccessorOfAReplicaThatWasNeverReady() {
        ReplicaRecord stopping = replica(CHAT, 1, Lifecycle.STARTING, EAST_A)
                .endingAs(Lifecycle.FAILED)
                .in(Lifecycle.STOPPING, NOW, "not ready within initial_delay");

        Plan plan = plan(CHAT, Worlds.of(CHAT, Signals.NONE, stopping));

        assertThat(launches(plan)).isEmpty();
    }

    @Test
    void saysWhichAttemptItIs() {
        ReplicaRecord failed = replica(CHAT, 1, Lifecycle.STARTING, EAST_A)
                .failing()
                .in(Lifecycle.FAILED, NOW.minusSeconds(10), "did not start");

        Plan plan = plan(CHAT, Worlds.of(CHAT, Signals.NONE, failed));

        assertThat(launches(plan)).singleElement().satisfies(launch -> {
            assertThat(launch.failures()).isEqualTo(1);
            assertThat(launch.reason()).isEqualTo("cheapest zone; attempt 2 after failures");
        });
    }

    @Test
    void forgetsFailuresOfAnotherVersion() {
        ReplicaRecord failed = replica(CHAT.running("broken"), 1, Lifecycle.STARTING, EAST_A)
                .failing()
                .in(Lifecycle.FAILED, NOW, "did not start");

        Plan plan = plan(CHAT, Worlds.of(CHAT, Signals.NONE, failed));

        assertThat(launches(plan))
                .singleElement()
                .satisfies(launch -> assertThat(launch.failures()).isZero());
    }

    @Test
    void drainsForDrainTimeoutAtMost() {
        Duration limit = UpdateSpec.DEFAULT.drainTimeout();
        ReplicaRecord draining =
                replica(CHAT, 1, Lifecycle.READY, EAST_A).in(Lifecycle.DRAINING, NOW.minusSeconds(600), "not wanted");
        World before = Worlds.of(CHAT.wants(0), busySince(NOW.minus(limit).plusSeconds(1)), draining);

        assertThat(ended(plan(CHAT.wants(0), before))).isEmpty();
        assertThat(plan(CHAT.wants(0), before).wakeAt()).contains(NOW.plusSeconds(1));

        World after = Worlds.of(CHAT.wants(0), busySince(NOW.minus(limit)), draining);
        assertThat(ended(plan(CHAT.wants(0), after))).containsExactly("terminate chat-1");
    }

    @Test
    void drainsUntilAPreemptionThatComesBeforeTheLimit() {
        Instant taken = NOW.plusSeconds(30);
        ReplicaRecord draining = replica(CHAT, 1, Lifecycle.READY, EAST_A)
                .preemptedAt(taken)
                .in(Lifecycle.DRAINING, NOW, "preemption notice");

        assertThat(Draining.deadline(draining, draining.since(), UpdateSpec.DEFAULT.drainTimeout()))
                .isEqualTo(taken);
    }

    @Test
    void ofServingReplicasEndsAnIdleOneBeforeABusyOneThatIsNewer() {
        Signals counted = counted(Map.of("chat-1", 0, "chat-2", 3), NOW, Map.of());
        ReplicaRecord[] all = {
            replica(CHAT, 1, Lifecycle.READY, EAST_A),
            replica(CHAT, 2, Lifecycle.STARTING, EAST_B).in(Lifecycle.READY, NOW.minusSeconds(5), "not proven yet")
        };

        assertThat(ended(plan(CHAT.wants(1), Worlds.of(CHAT.wants(1), counted, all))))
                .containsExactly("drain chat-1");
    }

    @Test
    void ofServingReplicasEndsThoseFirstThatHaveTheLeastInProgress() {
        Signals counted = counted(Map.of("chat-1", 0, "chat-2", 3, "chat-3", 1), NOW, Map.of());
        ReplicaRecord[] all = {
            replica(CHAT, 1, Lifecycle.READY, EAST_A),
            replica(CHAT, 2, Lifecycle.READY, EAST_B),
            replica(CHAT, 3, Lifecycle.READY, WEST_A)
        };

        assertThat(ended(plan(CHAT.wants(1), Worlds.of(CHAT.wants(1), counted, all))))
                .containsExactly("drain chat-1", "drain chat-3");
    }

    @Test
    void trustsNoCountFromBeforeTheDrainBegan() {
        ReplicaRecord draining = replica(CHAT, 1, Lifecycle.READY, EAST_A)
                .onInstance("i-1", Optional.of(new Endpoint("10.0.0.1", 80)))
                .in(Lifecycle.DRAINING, NOW, "no longer wanted");
        Signals old = counted(Map.of(), NOW.minusMillis(1), Map.of());

        assertThat(ended(plan(CHAT.wants(0), Worlds.of(CHAT.wants(0), old, draining))))
                .isEmpty();
    }

    private static Signals busySince(Instant watched) {
        return counted(Map.of("chat-1", 2), NOW, Map.of("chat-1", watched));
    }

    private static Signals counted(Map<String, Integer> inFlight, Instant at, Map<String, Instant> watched) {
        return new Signals(
                OptionalDouble.empty(),
                0,
                Map.of(),
                Set.of(),
                inFlight,
                Optional.of(at),
                Set.of(),
                true,
                watched,
                Optional.empty());
    }

    private static Signals failing(String replica, Instant since) {
        return new Signals(
                OptionalDouble.empty(),
                0,
                Map.of(replica, since),
                Set.of(),
                Map.of(),
                Optional.empty(),
                Set.of(),
                true,
                Map.of(),
                Optional.empty());
    }

    @Test
    void replacesAReplicaWhoseProbesHaveFailedForTooLong() {
        Instant longAgo = NOW.minus(Duration.ofMinutes(3));

        Plan plan = plan(CHAT, Worlds.of(CHAT, failing("chat-1", longAgo), replica(CHAT, 1, Lifecycle.READY, EAST_A)));

        assertThat(ended(plan)).containsExactly("drain chat-1");
        assertThat(launches(plan)).extracting(Action.Launch::replica).containsExactly("chat-2");
    }

    @Test
    void reckonsWhatItCostsNowSettledAndOnDemand() {
        Plan plan = plan(CHAT.wants(2).spotHedge(1, true, 0), empty());

        Plan.Cost cost = plan.services().getFirst().cost();
        assertThat(cost.now()).isEqualTo(HourlyPrice.ofUsd("2.93"));
        assertThat(cost.settled()).isEqualTo(HourlyPrice.ofUsd("0.93"));
        assertThat(cost.allOnDemand()).isEqualTo(HourlyPrice.ofUsd("2.00"));
    }

    @Test
    void givesEveryActionAReason() {
        World world = Worlds.of(
                CHAT.wants(1),
                Signals.NONE,
                replica(CHAT, 1, Lifecycle.READY, EAST_A),
                replica(CHAT, 2, Lifecycle.READY, ON_DEMAND),
                replica(CHAT.running("old"), 3, Lifecycle.READY, EAST_B));

        Plan plan = plan(CHAT.wants(1).spotHedge(1, true, 0), world);

        assertThat(plan.actions())
                .hasSizeGreaterThan(2)
                .noneMatch(action -> action.reason().isBlank());
    }

    @Test
    void refusesToRemoveAProtectedService() {
        Declared guarded = CHAT.isProtected();
        World world = Worlds.of(guarded, Signals.NONE, replica(CHAT, 1, Lifecycle.READY, EAST_A));

        Plan plan = Planner.plan(Kinds.of(Declared.all()), world, PlanOptions.DEFAULT);

        assertThat(plan.isApplicable()).isFalse();
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void refusesToDestroyAProtectedService() {
        Declared guarded = CHAT.isProtected();
        World world = Worlds.of(guarded, Signals.NONE, replica(CHAT, 1, Lifecycle.READY, EAST_A));

        Plan plan = Planner.plan(Kinds.of(Declared.all(guarded)), world, new PlanOptions(Set.of(), Set.of(), true));

        assertThat(plan.isApplicable()).isFalse();
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void plansOnlyTargets() {
        Plan plan = Planner.plan(
                Kinds.of(Declared.all(CHAT, Declared.service("embed"))),
                empty(),
                new PlanOptions(Set.of("embed"), Set.of(), false));

        assertThat(plan.actions()).extracting(Action::service).containsOnly("embed");
    }

    @Test
    void derivesTheSameTokenForTheSameDecisionWhateverThePrice() {
        var token = LaunchTokens.derive("lineage", "chat-1", 1, EAST_A, "v");

        assertThat(LaunchTokens.derive("lineage", "chat-1", 1, EAST_A.at(HourlyPrice.ofUsd("9")), "v"))
                .isEqualTo(token);
        assertThat(LaunchTokens.derive("lineage", "chat-1", 2, EAST_A, "v")).isNotEqualTo(token);
        assertThat(LaunchTokens.derive("lineage", "chat-1", 1, EAST_B, "v")).isNotEqualTo(token);
        assertThat(LaunchTokens.derive("lineage", "chat-1", 1, EAST_A, "w")).isNotEqualTo(token);
        assertThat(LaunchTokens.derive("other", "chat-1", 1, EAST_A, "v")).isNotEqualTo(token);
    }

    @Test
    void readsBackTheReplicaBlockThatItWrote() {
        var replica = CHAT.spec().replica();

        assertThat(SpecJson.readReplica(SpecJson.of(replica))).contains(replica);
    }

    @Test
    void saysOfSpotThatWasOnlyAcceptedThatItWillBeReady() {
        Declared hedged = CHAT.with(PlacementSpec.Skyhedge.DEFAULT).wants(1);

        Plan plan = plan(
                hedged,
                Worlds.of(
                        hedged,
                        Signals.NONE,
                        replica(hedged, 1, Lifecycle.STARTING, EAST_A),
                        replica(hedged, 2, Lifecycle.STARTING, ON_DEMAND)));

        assertThat(plan.actions())
                .filteredOn(Action.Terminate.class::isInstance)
                .extracting(action -> ((Action.Terminate) action).reason())
                .containsExactly("spot will be ready as early, no stand-in is needed");
    }
}
