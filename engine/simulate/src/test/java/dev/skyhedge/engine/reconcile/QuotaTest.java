package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Accounts that may not have more. The clouds here do not let quotas be read, unless a test says so.
class QuotaTest {
    private static final Declared CHAT = Declared.service("chat");
    private static final Declared SKYHEDGE = CHAT.with(new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.999, true, 0));
    private static final Duration A_WHILE = Duration.ofMinutes(10);

    private static Cloud cloud(int instances) {
        return SimulatedClouds.calm(SimulatedClouds.rules().withLimits(instances, Double.POSITIVE_INFINITY));
    }

    private static long refused(VirtualController controller) {
        return controller.store().events("", 10_000).stream()
                .filter(event -> event.kind().equals("launch_failed"))
                .count();
    }

    private static List<ReplicaRecord> ready(VirtualController controller, Market market) {
        return controller.replicas(Lifecycle.READY).stream()
                .filter(replica -> replica.offer().market() == market)
                .toList();
    }

    @Test
    void staysOnSpotThroughEightPreemptionsWithOnePlaceToSpare() {
        Cloud cloud = cloud(4);
        var controller = new VirtualController(cloud, Declared.all(SKYHEDGE.wants(3)));
        controller.run(A_WHILE);

        for (int i = 0; i < 8; i++) {
            ReplicaRecord victim = ready(controller, Market.SPOT).getFirst();
            cloud.preempt(victim.instanceId().orElseThrow(), Duration.ZERO);
            controller.run(A_WHILE);
        }

        assertThat(ready(controller, Market.SPOT)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(ready(controller, Market.ON_DEMAND)).isEmpty();
        assertThat(refused(controller)).isLessThan(20);
    }

    @Test
    void asksOnceForWhatIsRefusedInAllZonesAlike() {
        var controller = new VirtualController(cloud(2), Declared.all(SKYHEDGE.wants(2), Declared.service("embed")));

        controller.run(Duration.ofSeconds(9));

        assertThat(refused(controller)).isLessThanOrEqualTo(4);
    }

    @Test
    void seesAPlaceThatIsFreedByAnotherServiceAtOnce() {
        Declared embed = Declared.service("embed");
        var controller = new VirtualController(cloud(3), Declared.all(CHAT.wants(3), embed));
        controller.run(Duration.ofHours(1));
        assertThat(controller.replicas(Lifecycle.READY))
                .extracting(ReplicaRecord::service)
                .containsOnly("chat");

        controller.declare(Declared.all(CHAT.wants(2), embed));
        controller.run(Duration.ofMinutes(1));

        assertThat(controller.live()).extracting(ReplicaRecord::service).contains("embed");
    }

    @Test
    void triesAgainSoonWithoutNews() {
        Cloud cloud = cloud(1);
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(2)));

        controller.run(Duration.ofMinutes(50));

        assertThat(refused(controller)).isBetween(8L, 20L);
        assertThat(controller.store().read().zoneHealth())
                .allSatisfy(zone -> assertThat(zone.failures()).isZero())
                .allSatisfy(
                        zone -> assertThat(zone.retryAt()).isBeforeOrEqualTo(SimulatedClouds.START.plusSeconds(60)));
    }

    @Test
    void aSuccessorKnowsTheQuotaThatWasMet() {
        var controller = new VirtualController(cloud(1), Declared.all(CHAT.wants(2)));
        controller.run(Duration.ofMinutes(50));
        long before = refused(controller);

        controller.crash();
        controller.run(Duration.ofSeconds(30));

        assertThat(refused(controller) - before).isLessThanOrEqualTo(1);
    }

    @Test
    void aReadingThatSaysThereIsRoomOpensWhatWasClosed() {
        var controller = new VirtualController(cloud(1), Declared.all(CHAT.wants(2)));
        controller.run(Duration.ofMinutes(40));
        var all = new Scope(LocationPattern.parse("sim"), Optional.empty(), Optional.empty());
        long before = refused(controller);

        controller.run(Duration.ofSeconds(1));
        controller.tell(new Message.QuotasRead(
                "sim", List.of(new AccountQuota("VMs", all, AccountQuota.Unit.INSTANCES, 9, 1)), controller.now()));
        controller.run(Duration.ofSeconds(5));

        assertThat(refused(controller) - before).isEqualTo(1);
    }

    @Test
    void aReplicaThatEndedMakesRoomInAQuotaThatWasReadBefore() {
        var controller = new VirtualController(cloud(100), Declared.all(CHAT.wants(2)));
        var all = new Scope(LocationPattern.parse("sim"), Optional.empty(), Optional.empty());
        controller.run(A_WHILE);
        controller.tell(new Message.QuotasRead(
                "sim", List.of(new AccountQuota("VMs", all, AccountQuota.Unit.INSTANCES, 2, 2)), controller.now()));
        controller.run(Duration.ofMillis(1));

        controller
                .cloud()
                .preempt(
                        controller
                                .replicas(Lifecycle.READY)
                                .getFirst()
                                .instanceId()
                                .orElseThrow(),
                        Duration.ZERO);
        controller.run(Duration.ofSeconds(5));

        assertThat(controller.live()).hasSize(2);
    }

    @Test
    void rollsAnUpdateOutOnceTheQuotaHasRoomForItsSurge() {
        var controller = new VirtualController(cloud(3), Declared.all(CHAT.wants(3)));
        controller.run(A_WHILE);

        controller.declare(Declared.all(CHAT.wants(3).running("v2")));
        controller.run(Duration.ofMinutes(30));
        assertThat(controller.replicas(Lifecycle.READY)).hasSize(3);

        controller.declare(Declared.all(CHAT.wants(2).running("v2")));
        controller.run(Duration.ofMinutes(30));

        String newest = controller.store().read().services().getFirst().version();
        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .allMatch(replica -> replica.version().equals(newest));
    }
}
