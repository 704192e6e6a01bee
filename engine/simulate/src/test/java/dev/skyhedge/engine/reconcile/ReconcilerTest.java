package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// A service comes up, stays up while its cloud changes, and follows its requests.
class ReconcilerTest extends RunningServices {
    @Test
    void bringsAServiceUpFromNothing() {
        var controller = serving(CHAT.wants(3));

        assertThat(ready(controller)).containsExactly("chat-1", "chat-2", "chat-3");
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void isQuietOnceTheServiceIsUp() {
        var controller = serving(CHAT.wants(3).spotHedge(1, true, 0));
        long serial = controller.store().serial();
        long steps = controller.steps();

        controller.run(Duration.ofHours(1));

        assertThat(controller.store().serial()).isEqualTo(serial);
        assertThat(controller.steps() - steps).isLessThan(200);
        assertThat(controller.lastStep().plan().isEmpty()).isTrue();
    }

    @Test
    void writesDownThatABalancerEjectedAReplicaAndKeepsIt() {
        var controller = serving(CHAT.wants(3));
        ReplicaRecord replica = controller.replicas(Lifecycle.READY).getFirst();

        controller.post(new Message.Ejected(ReplicaKey.of(replica), "fails 100 %"));
        controller.run(Duration.ofMinutes(1));

        assertThat(controller.store().events("chat", 100))
                .anyMatch(event -> event.kind().equals(Message.Ejected.EVENT)
                        && event.replica().equals(replica.name())
                        && event.message().equals("fails 100 %"));
        assertThat(controller.replicas(Lifecycle.READY)).hasSize(3);
    }

    @Test
    void keepsWhatAFailedReplicaWroteLastAlthoughItHasBeenLaunchedAnew() {
        var controller = serving(CHAT.wants(1));
        ReplicaRecord replica = controller.replicas(Lifecycle.READY).getFirst();
        var before = new ReplicaKey("chat", replica.name(), replica.generation() - 1);

        controller.post(new Message.LogRead(before, "fatal: no such model"));
        controller.run(Duration.ofMinutes(1));

        assertThat(controller.store().events("chat", 100))
                .anyMatch(event -> event.kind().equals(Message.LogRead.EVENT)
                        && event.replica().equals(replica.name())
                        && event.message().equals("fatal: no such model"));
        assertThat(replica(controller, replica.name()).logTail()).isEmpty();
    }

    @Test
    void takesInTheNewsOfALargeFleetTogether() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(500)));
        List<Instant> steps = new ArrayList<>();
        controller.watch((world, _) -> {
            if (world.replicas().getOrDefault("chat", List.of()).size() == 500) {
                steps.add(controller.now());
            }
        });

        controller.run(A_WHILE);

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(500);
        assertThat(steps).hasSizeGreaterThan(2);
        for (int i = 1; i < steps.size(); i++) {
            assertThat(Duration.between(steps.get(i - 1), steps.get(i))).isGreaterThanOrEqualTo(Duration.ofMillis(5));
        }
    }

    @Test
    void standsInOnDemandUntilSpotIsReady() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(2).spotHedge(1, true, 0)));

        controller.run(Duration.ofSeconds(30));
        assertThat(controller.live())
                .filteredOn(r -> r.offer().market() == Market.ON_DEMAND)
                .hasSize(2);

        controller.run(A_WHILE);
        assertThat(controller.live())
                .filteredOn(r -> r.offer().market() == Market.ON_DEMAND)
                .isEmpty();
        assertThat(controller.replicas(Lifecycle.READY)).hasSize(3);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void replacesAPreemptedReplicaElsewhereAtOnce() {
        var controller = serving(CHAT.wants(2));
        ReplicaRecord victim = replica(controller, "chat-1");

        cloud.preempt(victim.instanceId().orElseThrow(), Duration.ZERO);
        controller.run(Duration.ofMillis(1));

        assertThat(replica(controller, "chat-1").lifecycle().isRising()).isTrue();
        assertThat(replica(controller, "chat-1").generation()).isEqualTo(2);
        assertThat(replica(controller, "chat-1").offer().location())
                .isNotEqualTo(victim.offer().location());
        assertThat(controller.store().read().zoneHealth())
                .filteredOn(zone -> zone.status() == ZoneHealth.Status.PREEMPTING)
                .extracting(ZoneHealth::location)
                .containsExactly(victim.offer().location());
    }

    @Test
    void launchesTheReplacementAtTheNoticeAndDrainsUntilTheDeadline() {
        var controller = serving(CHAT.wants(2));
        String victim = replica(controller, "chat-1").instanceId().orElseThrow();
        inFlight(controller, Map.of("chat-1", 3));

        cloud.preempt(victim, Duration.ofMinutes(1));
        controller.run(Duration.ofMillis(1));
        inFlight(controller, Map.of("chat-1", 3));

        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.DRAINING);
        assertThat(replica(controller, "chat-3").lifecycle().isRising()).isTrue();
        controller.run(Duration.ofSeconds(59));
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.DRAINING);
        controller.run(Duration.ofSeconds(2));
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.PREEMPTED);
        assertThat(cloud.ledger().rental(victim).orElseThrow().isLive()).isFalse();
    }

    @Test
    void replacesAReplicaThatIsNotReadyInTimeAndSaysWhatItWroteLast() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.initialDelay(Duration.ofMinutes(2))));
        controller.healthyIf(_ -> false);
        controller.run(Duration.ofMinutes(1));
        cloud.say(replica(controller, "chat-1").instanceId().orElseThrow(), "CUDA out of memory");

        controller.run(Duration.ofSeconds(61));

        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.FAILED);
        assertThat(replica(controller, "chat-1").reason())
                .contains("not ready within initial_delay of 2m")
                .contains("GET / answered 500");
        assertThat(replica(controller, "chat-1").logTail()).isEqualTo("CUDA out of memory");
        assertThat(replica(controller, "chat-1").failures()).isEqualTo(1);
    }

    @Test
    void waitsLongerAfterEachFailure() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.initialDelay(Duration.ofMinutes(1))));
        controller.healthyIf(_ -> false);

        controller.run(Duration.ofHours(2));

        int generations = replica(controller, "chat-1").generation();
        assertThat(generations).isBetween(15, 35);
        assertThat(controller.store().read().zoneHealth()).allMatch(zone -> zone.status() == ZoneHealth.Status.ACTIVE);
    }

    @Test
    void scalesToZeroAndWakesAtTheFirstRequest() {
        var controller = serving(CHAT.scales(0, 3));
        assertThat(controller.live()).isEmpty();

        controller.tell(new Message.Woken("chat"));

        assertThat(names(controller.live())).containsExactly("chat-1");
    }

    @Test
    void sleepsAgainOnceNobodyAsksAnyMore() {
        var controller = serving(CHAT.scales(0, 3));
        controller.tell(new Message.Woken("chat"));
        controller.run(A_WHILE);
        assertThat(ready(controller)).containsExactly("chat-1");

        controller.tell(new Message.SignalsRead("chat", OptionalDouble.of(0), 0, Map.of(), controller.now()));
        // Nobody counts what it has in progress: it has all of its time to drain.
        controller.run(Duration.ofMinutes(31));

        assertThat(controller.live()).isEmpty();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void movesGracefullyAwayFromALocationThatIsNotPermittedAnyMore() {
        var controller = serving(CHAT.wants(3));
        int[] least = leastServing(controller);

        controller.declare(Declared.all(CHAT.wants(3).in("sim/west/*")));
        controller.run(Duration.ofMinutes(30));

        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(3)
                .allMatch(replica -> replica.offer().location().equals(SimulatedClouds.WEST_A));
        assertThat(least[0]).isEqualTo(3);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void changesThePolicyWithoutServingLess() {
        var controller = serving(CHAT.wants(2));
        int[] least = leastServing(controller);

        controller.declare(Declared.all(CHAT.wants(2).with(new PlacementSpec.OnDemand())));
        controller.run(Duration.ofMinutes(30));

        assertThat(controller.live()).hasSize(2).allMatch(r -> r.offer().market() == Market.ON_DEMAND);
        assertThat(least[0]).isEqualTo(2);
    }

    @Test
    void startsNothingAnyMoreWhenItConcludes() {
        var controller = serving(CHAT.wants(2));
        inFlight(controller, Map.of("chat-2", 1));
        controller.declare(Declared.all(CHAT.wants(1)));
        inFlight(controller, Map.of("chat-2", 1));
        assertThat(replica(controller, "chat-2").lifecycle()).isEqualTo(Lifecycle.DRAINING);

        Step step = controller
                .reconciler()
                .conclude(List.of(new Message.Tick()), controller.now().plus(A_WHILE));

        assertThat(step.changes()).isEmpty();
        assertThat(step.effects()).isEmpty();
        assertThat(controller.reconciler().hasCallsUnderWay()).isFalse();
    }
}
