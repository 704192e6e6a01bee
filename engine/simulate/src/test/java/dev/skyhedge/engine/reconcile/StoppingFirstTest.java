package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A cloud that shows its instances as stopping before it says how they ended, as real ones do.
class StoppingFirstTest {
    private static final Declared CHAT = Declared.service("chat").wants(2);
    private static final Duration A_WHILE = Duration.ofMinutes(10);

    private final Cloud cloud = SimulatedClouds.calm(SimulatedClouds.rules().withStopDelay(Duration.ofSeconds(40)));

    private VirtualController serving() {
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.run(A_WHILE);
        return controller;
    }

    private static ZoneHealth zone(VirtualController controller, ReplicaRecord replica) {
        return controller.store().read().zoneHealth().stream()
                .filter(zone -> zone.location().equals(replica.offer().location()))
                .findFirst()
                .orElseThrow();
    }

    private static long preemptions(VirtualController controller) {
        return controller.store().events("", 10_000).stream()
                .filter(event -> event.kind().equals("preempted"))
                .count();
    }

    @Test
    void countsEachOfEightPreemptions() {
        var controller = serving();

        for (int i = 0; i < 8; i++) {
            ReplicaRecord victim = controller.replicas(Lifecycle.READY).getFirst();
            cloud.preempt(victim.instanceId().orElseThrow(), Duration.ZERO);
            controller.run(Duration.ofSeconds(1));
            assertThat(zone(controller, victim).history().lostAt())
                    .hasValueSatisfying(
                            at -> assertThat(at).isAfter(controller.now().minusSeconds(2)));
            controller.run(A_WHILE);
        }

        assertThat(preemptions(controller)).isEqualTo(8);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void learnsOnceFromALossThatWeThenEndedOurselves() {
        var controller = serving();
        ReplicaRecord victim = controller.replicas(Lifecycle.READY).getFirst();
        RunningServices.inFlight(controller, Map.of());

        cloud.preempt(victim.instanceId().orElseThrow(), Duration.ZERO);
        controller.run(Duration.ofMinutes(2));

        ZoneHealth zone = zone(controller, victim);
        assertThat(zone.history().wholeLosses() + zone.history().partialLosses())
                .isLessThanOrEqualTo(1);
        assertThat(zone.history().lostAt()).isPresent();
        assertThat(preemptions(controller)).isEqualTo(1);
    }

    @Test
    void blamesNoZoneForWhatWeEnd() {
        var controller = serving();

        controller.declare(Declared.all(CHAT.wants(1)));
        controller.run(A_WHILE);

        assertThat(controller.live()).hasSize(1);
        assertThat(preemptions(controller)).isZero();
        assertThat(controller.store().read().zoneHealth()).allMatch(zone -> zone.status() == ZoneHealth.Status.ACTIVE);
    }

    @Test
    void learnsOfALossAmongWhatIsDrainedForAnotherReason() {
        var controller = serving();
        RunningServices.inFlight(controller, Map.of("chat-1", 5, "chat-2", 5));
        controller.declare(Declared.all(CHAT.wants(1)));
        controller.run(Duration.ofSeconds(1));
        ReplicaRecord draining = controller.replicas(Lifecycle.DRAINING).getFirst();

        cloud.preempt(draining.instanceId().orElseThrow(), Duration.ZERO);
        controller.run(A_WHILE);

        assertThat(zone(controller, draining).history().lostAt()).isPresent();
        assertThat(preemptions(controller)).isEqualTo(1);
    }

    @Test
    void countsWhatIsNewlyRolledOutAgainstTheSurgeUntilTheOldIsGone() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(6)));
        controller.run(A_WHILE);
        int[] most = {0};
        controller.watch((world, step) ->
                most[0] = Math.max(most[0], (int) world.replicas().getOrDefault("chat", List.of()).stream()
                        .filter(replica -> replica.lifecycle().isLive())
                        .count()));
        RunningServices.inFlight(
                controller, Map.of("chat-1", 1, "chat-2", 1, "chat-3", 1, "chat-4", 1, "chat-5", 1, "chat-6", 1));

        controller.declare(Declared.all(CHAT.wants(6).running("v2")));
        controller.run(Duration.ofHours(1));

        assertThat(most[0]).isEqualTo(7);
        String newest = controller.store().read().services().getFirst().version();
        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(6)
                .allMatch(replica -> replica.version().equals(newest));
    }

    @Test
    void rollsOutWithinAQuotaOfTargetAndSurge() {
        Cloud full = SimulatedClouds.calm(
                SimulatedClouds.rules().withStopDelay(Duration.ofSeconds(40)).withLimits(7, Double.POSITIVE_INFINITY));
        var controller = new VirtualController(full, Declared.all(CHAT.wants(6)));
        controller.run(A_WHILE);

        controller.declare(Declared.all(CHAT.wants(6).running("v2")));
        controller.run(Duration.ofMinutes(40));

        String newest = controller.store().read().services().getFirst().version();
        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(6)
                .allMatch(replica -> replica.version().equals(newest));
        assertThat(controller.store().events("", 10_000))
                .noneMatch(event -> event.kind().equals("launch_failed"));
    }
}
