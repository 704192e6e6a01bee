package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.RentedTime;
import dev.skyhedge.state.records.RentedTime.Use;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the time of rented machines was used for.
class SpendUseTest {
    private static final Declared CHAT = Declared.service("chat");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration A_WHILE = Duration.ofMinutes(10);

    private final Cloud cloud = SimulatedClouds.calm();

    private VirtualController controller(Declared chat) {
        var controller = new VirtualController(cloud, Declared.all(chat));
        controller.startsIn(START);
        return controller;
    }

    private static List<SpendEntry> rented(VirtualController controller) {
        return controller.store().spend("chat").stream()
                .filter(entry -> entry.kind() != SpendEntry.Kind.ALL_ON_DEMAND)
                .toList();
    }

    private static Map<Use, Duration> times(VirtualController controller) {
        Map<Use, Duration> times = new EnumMap<>(Use.class);
        Instant now = controller.now();
        for (SpendEntry entry : rented(controller)) {
            times.merge(
                    entry.rented().orElseThrow().use(),
                    Duration.between(entry.from(), entry.until().orElse(now)),
                    Duration::plus);
        }
        return times;
    }

    @Test
    void untilAReplicaIsReadyItStartsAndThenItServes() {
        VirtualController controller = controller(CHAT);
        controller.run(A_WHILE);

        Map<Use, Duration> times = times(controller);

        assertThat(times).containsOnlyKeys(Use.START, Use.SERVING);
        assertThat(times.get(Use.START)).isGreaterThanOrEqualTo(START);
        ReplicaRecord replica = controller.replicas(Lifecycle.READY).getFirst();
        assertThat(rented(controller))
                .filteredOn(entry -> entry.until().isEmpty())
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.from()).isEqualTo(replica.readyAt().orElseThrow()));
        assertThat(rented(controller).getFirst().rented())
                .contains(new RentedTime(
                        Use.START,
                        replica.offer().location(),
                        replica.offer().instanceType(),
                        replica.offer().accelerator(),
                        replica.instanceId()));
    }

    @Test
    void oneBeyondTheWantedNumberIsASpare() {
        VirtualController controller = controller(CHAT.spotHedge(1, false, 0).wants(2));
        controller.run(A_WHILE);

        Map<Use, Duration> times = times(controller);

        assertThat(times.getOrDefault(Use.SPARE, Duration.ZERO)).isPositive();
        assertThat(times.get(Use.SERVING))
                .isEqualTo(times.getOrDefault(Use.SPARE, Duration.ZERO).multipliedBy(2));
    }

    @Test
    void oneOnDemandInTheAbsenceOfSpotStandsIn() {
        SimulatedClouds.ZONES.forEach(cloud::closeZone);
        VirtualController controller = controller(CHAT.spotHedge(0, true, 0));
        controller.run(A_WHILE);

        assertThat(times(controller)).containsKey(Use.STAND_IN).doesNotContainKey(Use.SERVING);
    }

    @Test
    void aStartThatComesToNothingIsSaidToBeThat() {
        VirtualController controller = controller(CHAT);
        controller.run(START.dividedBy(2));

        cloud.preempt(controller.live().getFirst().instanceId().orElseThrow(), Duration.ZERO);
        controller.run(Duration.ofSeconds(1));

        assertThat(rented(controller))
                .filteredOn(entry -> entry.until().isPresent())
                .extracting(entry -> entry.rented().orElseThrow().use())
                .containsExactly(Use.NEVER_READY);
    }

    @Test
    void whoIsNotWantedBeforeItWasReadyWasNeverReadyFromTheBeginning() {
        VirtualController controller = controller(CHAT.wants(2));
        controller.run(START.dividedBy(2));

        controller.declare(Declared.all(CHAT.wants(1)));
        controller.run(A_WHILE);

        assertThat(times(controller).get(Use.NEVER_READY))
                .isGreaterThan(START.dividedBy(2).minusSeconds(1));
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void whoServedLeavesUntilItIsGone() {
        VirtualController controller = controller(CHAT);
        controller.run(A_WHILE);
        cloud.preempt(controller.live().getFirst().instanceId().orElseThrow(), Duration.ofSeconds(90));

        controller.run(A_WHILE);

        assertThat(rented(controller))
                .filteredOn(entry -> entry.subject().equals("chat-1#1"))
                .extracting(entry -> entry.rented().orElseThrow().use())
                .containsExactly(Use.START, Use.SERVING, Use.LEAVING);
        Judge.stateAndCloudAgree(controller);
    }
}
