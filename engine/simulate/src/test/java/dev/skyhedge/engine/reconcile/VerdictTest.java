package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What probes say of a replica, kept across controllers, and what only time makes certain.
class VerdictTest extends RunningServices {
    private void fails(VirtualController controller, String name) {
        controller.tell(new Message.Probed(ReplicaKey.of(replica(controller, name)), false, "GET / answered 500"));
    }

    /// Two replicas that take four of the five minutes that they have, after the first two.
    private VirtualController loading() {
        Declared slow = CHAT.wants(2).initialDelay(Duration.ofMinutes(5));
        var controller = new VirtualController(cloud, Declared.all(slow));
        controller.startsIn(Duration.ofMinutes(4));
        controller.run(Duration.ofMinutes(2));
        return controller;
    }

    private static void probesFail(VirtualController controller) {
        controller
                .replicas(Lifecycle.STARTING)
                .forEach(replica -> controller.tell(new Message.Probed(ReplicaKey.of(replica), false, "refused")));
    }

    @Test
    void recordsTheVerdictWithItsReasonAndItsTime() {
        var controller = serving(CHAT.wants(2));

        fails(controller, "chat-1");

        ReplicaRecord failing = replica(controller, "chat-1");
        assertThat(failing.lifecycle()).isEqualTo(Lifecycle.READY);
        assertThat(failing.isServing()).isFalse();
        assertThat(failing.health().orElseThrow().detail()).isEqualTo("GET / answered 500");
        assertThat(failing.health().orElseThrow().since()).isEqualTo(controller.now());
    }

    @Test
    void saysOfAReplicaThatNothingReachesThatItIsSoInItsReasonAndOnceInTheEvents() {
        var controller = loading();
        List<String> told = new ArrayList<>();
        controller.watch((_, step) -> step.changes().forEach(change -> {
            if (change instanceof Change.AppendEvent(Event event)
                    && event.kind().equals("unreachable")) {
                told.add(event.replica() + ": " + event.message());
            }
        }));
        ReplicaKey key = ReplicaKey.of(replica(controller, "chat-1"));

        controller.tell(new Message.Probed(key, false, true, "its network lets nobody in"));
        controller.tell(new Message.Probed(key, false, true, "its network lets nobody in"));

        assertThat(replica(controller, "chat-1").reason()).isEqualTo("its network lets nobody in");
        assertThat(told).containsExactly("chat-1: its network lets nobody in");
    }

    @Test
    void aNewControllerRoutesNothingToAReplicaThatFailed() {
        var controller = serving(CHAT.wants(2));
        controller.healthyIf(replica -> !replica.name().equals("chat-1"));
        fails(controller, "chat-1");

        controller.crash();

        assertThat(controller.reconciler().routes("chat").routes())
                .extracting(Routes.Route::replica)
                .containsExactly("chat-2");
        controller.run(Duration.ofSeconds(10));
        assertThat(controller.reconciler().routes("chat").routes())
                .extracting(Routes.Route::replica)
                .doesNotContain("chat-1");
    }

    @Test
    void aReplicaThatRecoveredMeanwhileServesAgainAfterItsFirstProbe() {
        var controller = serving(CHAT.wants(2));
        fails(controller, "chat-1");

        controller.crash();
        controller.run(Duration.ofSeconds(2));

        assertThat(controller.reconciler().routes("chat").routes()).hasSize(2);
        assertThat(controller.live()).hasSize(2);
    }

    @Test
    void aControllerGivesUpNoFailingReplicaForWhatItHasNotSeenItself() {
        var controller = serving(CHAT.wants(2));
        controller.healthyIf(replica -> !replica.name().equals("chat-1"));
        fails(controller, "chat-1");
        controller.run(Duration.ofMinutes(2));

        controller.crash();
        controller.run(Duration.ofMinutes(2));
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.READY);

        controller.run(Duration.ofMinutes(2));
        assertThat(replica(controller, "chat-1").generation() > 1
                        || replica(controller, "chat-1").lifecycle() != Lifecycle.READY)
                .isTrue();
    }

    @Test
    void keepsReplicasThatGotHealthyWhileNoControllerRan() {
        var controller = loading();
        assertThat(controller.replicas(Lifecycle.STARTING)).hasSize(2);

        // Nobody is there for twenty minutes.
        controller.stands(Duration.ofMinutes(20));
        controller.startsIn(Duration.ofSeconds(1));
        controller.crash();
        controller.run(Duration.ofMinutes(1));

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(2).allMatch(replica -> replica.generation() == 1);
    }

    @Test
    void aClockThatJumpsEndsNothingThatIsLoading() {
        var controller = loading();
        probesFail(controller);

        controller.jumps(Duration.ofHours(1));
        controller.run(Duration.ofSeconds(10));

        assertThat(controller.live()).hasSize(2).allMatch(replica -> replica.generation() == 1);
    }

    @Test
    void aClockThatJumpsGivesUpNoReplicaThatFailsForAMoment() {
        var controller = serving(CHAT.wants(2));
        fails(controller, "chat-1");

        controller.jumps(Duration.ofHours(1));

        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.READY);
    }

    @Test
    void keepsReplicasThatStartedWhileTheirCloudDidNotAnswer() {
        Declared slow = CHAT.wants(2).in("sim/west/*").initialDelay(Duration.ofMinutes(5));
        var controller = new VirtualController(cloud, Declared.all(slow));
        controller.goesDeaf();
        controller.run(Duration.ofSeconds(10));
        assertThat(controller.replicas(Lifecycle.PROVISIONING)).hasSize(2);

        // Nobody sees it run for twenty minutes.
        cloud.faults().unreachable(LocationPattern.parse("sim/west"), new Failure.Throttled(Duration.ZERO, "down"));
        controller.run(Duration.ofMinutes(20));
        cloud.faults().clear();
        controller.run(Duration.ofMinutes(2));

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(2).allMatch(replica -> replica.generation() == 1);
    }

    @Test
    void othersStandInForReplicasThatNobodySawWithinTheirTime() {
        var controller = new VirtualController(
                cloud, Declared.all(CHAT.wants(2).in("sim/east/*", "sim/west/*").initialDelay(Duration.ofMinutes(5))));
        controller.goesDeaf();
        controller.run(Duration.ofSeconds(10));
        cloud.faults().unreachable(LocationPattern.parse("sim/east"), new Failure.Throttled(Duration.ZERO, "down"));
        controller.run(Duration.ofMinutes(4));
        assertThat(controller.replicas(Lifecycle.PROVISIONING)).isNotEmpty();

        controller.run(Duration.ofMinutes(4));
        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .allMatch(replica -> replica.offer().location().equals(SimulatedClouds.WEST_A));

        cloud.faults().clear();
        controller.run(Duration.ofMinutes(5));
        assertThat(controller.live()).hasSize(2);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void keepsReplicasThatAnswerThoughTheyWereNotLookedAtWithinTheirTime() {
        var controller = loading();
        probesFail(controller);

        controller.stands(Duration.ofMinutes(20));
        controller.startsIn(Duration.ofMillis(1));
        controller.crash();
        probesFail(controller);
        controller.run(Duration.ofMinutes(2));

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(2).allMatch(replica -> replica.generation() == 1);
    }

    @Test
    void aReplicaThatNeverGetsReadyIsStillReplacedByTheNextController() {
        Declared slow = CHAT.initialDelay(Duration.ofMinutes(5));
        var controller = new VirtualController(cloud, Declared.all(slow));
        controller.healthyIf(_ -> false);
        controller.run(Duration.ofMinutes(4));

        controller.crash();
        controller.run(Duration.ofMinutes(6));

        assertThat(controller.replicas()).anyMatch(replica -> replica.generation() > 1 || replica.failures() > 0);
    }

    @Test
    void aReplicaMayTakeItsInitialDelayInAllAndNotForEachPartOfItsStart() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.initialDelay(Duration.ofSeconds(40))));
        controller.watch((world, _) -> assertThat(world.replicas().getOrDefault("chat", List.of()))
                .noneMatch(replica -> replica.lifecycle() == Lifecycle.READY));

        // It boots for 30 s and starts for 20.
        controller.run(Duration.ofMinutes(3));

        assertThat(controller.replicas()).anyMatch(replica -> replica.failures() > 0);
    }
}
