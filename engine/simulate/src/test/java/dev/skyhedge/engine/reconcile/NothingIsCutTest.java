package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What runs ends whole, whyever its replica goes.
class NothingIsCutTest extends RunningServices {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration DOWN_AFTER = Duration.ofMinutes(1);

    @Test
    void whatScalesToZeroDoesSoAfterItsLastStreamOfTenMinutes() {
        var controller = new VirtualController(cloud, Declared.all(scaling(0, 3)));
        controller.tell(new Message.Woken("chat"));
        controller.run(Duration.ofMinutes(2));
        var streams = new Streams(controller, "chat");
        streams.beginEverywhere(TEN_MINUTES);

        streams.run(TEN_MINUTES.minusSeconds(1));
        assertThat(ready(controller)).containsExactly("chat-1");
        streams.run(DOWN_AFTER.plusMinutes(2));

        streams.assertWhole(1);
        assertThat(controller.live()).isEmpty();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void whatIsOneTooManyFinishesAStreamOfNearlyTenMinutes() {
        var controller = serving(CHAT.wants(2));
        var streams = new Streams(controller, "chat");
        streams.beginEverywhere(TEN_MINUTES.minusSeconds(10));

        controller.declare(Declared.all(CHAT.wants(1)));
        streams.run(TEN_MINUTES.plusMinutes(1));

        streams.assertWhole(2);
        assertThat(controller.live()).hasSize(1);
    }

    @Test
    void theReplicaWithTheLongStreamIsNotTheFirstToGo() {
        var controller = new VirtualController(cloud, Declared.all(scaling(3, 3)));
        controller.run(A_WHILE);
        var streams = new Streams(controller, "chat");
        streams.begin(replica(controller, "chat-3"), Duration.ofMinutes(30));

        controller.declare(Declared.all(scaling(1, 3)));
        streams.run(Duration.ofMinutes(31));

        streams.assertWhole(1);
        assertThat(ready(controller)).containsExactly("chat-3");
    }

    @ParameterizedTest
    @EnumSource
    void aRollOutLetsAStreamOfFourMinutesOnEachReplicaEnd(UpdateSpec.Mode mode) {
        Declared three = CHAT.wants(3).update(mode, 1);
        var controller = serving(three);
        String old = replica(controller, "chat-1").version();
        var streams = new Streams(controller, "chat");
        streams.beginEverywhere(Duration.ofMinutes(4));

        controller.declare(Declared.all(three.running("v2")));
        streams.run(Duration.ofMinutes(30));

        streams.assertWhole(3);
        assertThat(controller.live()).hasSize(3).noneMatch(one -> one.version().equals(old));
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void whatMovesElsewhereLetsAStreamOfFourMinutesOnEachReplicaEnd() {
        var controller = serving(CHAT.wants(3));
        var streams = new Streams(controller, "chat");
        streams.beginEverywhere(Duration.ofMinutes(4));

        controller.declare(Declared.all(CHAT.wants(3).in("sim/west/*")));
        streams.run(Duration.ofMinutes(30));

        streams.assertWhole(3);
        assertThat(controller.live())
                .hasSize(3)
                .allMatch(one -> one.offer().location().equals(SimulatedClouds.WEST_A));
    }

    @Test
    void aPreemptionNoticeLeavesAllOfItsTime() {
        var controller = serving(CHAT.wants(2));
        var streams = new Streams(controller, "chat");
        ReplicaRecord victim = replica(controller, "chat-1");
        streams.begin(victim, Duration.ofSeconds(118));

        cloud.preempt(victim.instanceId().orElseThrow(), Duration.ofMinutes(2));
        streams.run(Duration.ofMinutes(3));

        streams.assertWhole(1);
        assertThat(controller.replicas(Lifecycle.PREEMPTED))
                .extracting(ReplicaRecord::name)
                .containsExactly("chat-1");
    }

    @Test
    void aRemovedServiceLetsAStreamOfFourMinutesEnd() {
        var controller = serving(CHAT, Declared.service("other"));
        var streams = new Streams(controller, "chat");
        streams.begin(replica(controller, "chat-1"), Duration.ofMinutes(4));

        controller.declare(Declared.all(Declared.service("other")));
        streams.run(Duration.ofMinutes(6));

        streams.assertWhole(1);
    }

    private static Declared scaling(int min, int max) {
        return CHAT.with(new ScalingSpec(
                min, max, OptionalDouble.of(1), Duration.ofSeconds(60), Duration.ofMinutes(5), DOWN_AFTER));
    }
}
