package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.engine.testing.lamp.Lamp;
import dev.skyhedge.engine.testing.lamp.Lamps;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A kind of workload that the engine has never heard of is planned, kept running through crashes and ended beside
/// services, with what the engine offers to any kind.
class LampTest {
    private static final Lamp HALL = new Lamp("hall", 3, "white");
    private static final Spec CHAT = Declared.all(Declared.service("chat").wants(2));
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final Cloud cloud = SimulatedClouds.calm();
    private final VirtualController controller = new VirtualController(cloud, CHAT, Lamps.beside(HALL));

    private List<ReplicaRecord> ready(String workload) {
        return controller.replicas(Lifecycle.READY).stream()
                .filter(replica -> replica.service().equals(workload))
                .toList();
    }

    private List<String> instances(String workload) {
        return ready(workload).stream()
                .map(replica -> replica.instanceId().orElseThrow())
                .toList();
    }

    @Test
    void isPlannedWithPlacesPricesAndReasons() {
        controller.run(Duration.ofSeconds(1));
        var fresh = new VirtualController(SimulatedClouds.calm(), CHAT, Lamps.beside(HALL));

        Plan plan = Planner.plan(Lamps.beside(HALL).apply(CHAT), fresh.world(), PlanOptions.DEFAULT);
        Plan known = Planner.plan(
                Lamps.beside(HALL, new Lamp("cellar", 1, "red")).apply(CHAT), controller.world(), PlanOptions.DEFAULT);

        assertThat(plan.services()).extracting(Plan.WorkloadSummary::service).containsExactly("chat", "hall");
        assertThat(known.actions())
                .filteredOn(Action.Launch.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Action.Launch.class, launch -> {
                    assertThat(launch.replica()).isEqualTo("cellar-1");
                    assertThat(launch.offer().price()).isEqualTo(HourlyPrice.ofUsd("0.30"));
                    assertThat(launch.reason()).isEqualTo("the cheapest offer");
                });
    }

    @Test
    void shinesBesideAService() {
        controller.run(SETTLED);

        assertThat(ready("hall")).extracting(ReplicaRecord::name).containsExactly("hall-1", "hall-2", "hall-3");
        assertThat(ready("chat")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(controller.lastStep().plan().isEmpty()).isTrue();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void isReplacedWhereTheCloudTookItBack() {
        controller.run(SETTLED);
        String taken = instances("hall").getFirst();

        cloud.preempt(taken, Duration.ZERO);
        controller.run(SETTLED);

        assertThat(ready("hall")).hasSize(3);
        assertThat(instances("hall")).doesNotContain(taken);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void isReplacedWhereItIsToRunSomethingElse() {
        controller.run(SETTLED);
        List<String> services = instances("chat");

        controller.kinds(Lamps.beside(new Lamp("hall", 2, "blue")));
        controller.run(SETTLED);

        assertThat(ready("hall")).hasSize(2).allMatch(task -> task.version().equals("blue"));
        assertThat(instances("chat")).isEqualTo(services);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void endsOnceItIsNotDeclaredAndTheServiceStays() {
        controller.run(SETTLED);
        List<String> services = instances("chat");

        controller.kinds(Lamps.beside());
        controller.run(SETTLED);

        assertThat(controller.store().read().services())
                .extracting(workload -> workload.address())
                .containsExactly("service.chat");
        assertThat(instances("chat")).isEqualTo(services);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void staysWhereTheServicesGo() {
        controller.run(SETTLED);
        List<String> lamps = instances("hall");

        controller.declare(Declared.all());
        controller.run(SETTLED);

        assertThat(instances("hall")).isEqualTo(lamps);
        assertThat(controller.live()).allMatch(task -> task.service().equals("hall"));
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void endsWithEverythingElse() {
        controller.run(SETTLED);

        controller.use(new PlanOptions(Set.of(), Set.of(), true));
        controller.run(SETTLED);

        assertThat(controller.live()).isEmpty();
        assertThat(controller.store().read().services()).isEmpty();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void drainsForAsLongAsItsOwnKindSays() {
        controller.run(SETTLED);

        for (WorkloadRecord recorded : controller.world().workloads().values()) {
            assertThat(Lamps.beside(HALL).apply(CHAT).drainTimeout(recorded.name(), Optional.of(recorded)))
                    .as(recorded.address())
                    .contains(recorded.name().equals("hall") ? Lamps.DRAIN : UpdateSpec.DEFAULT.drainTimeout());
        }
    }

    @Test
    void survivesFiveHundredCrashes() {
        var random = new SplittableRandom(4711);
        CrashPoint[] points = CrashPoint.values();
        controller.run(SETTLED);
        long before = controller.successions();

        while (controller.successions() < before + 500) {
            List<String> lamps = instances("hall");
            if (!lamps.isEmpty()) {
                cloud.preempt(lamps.get(random.nextInt(lamps.size())), Duration.ZERO);
            }
            controller.crashAt(points[random.nextInt(points.length)]);
            controller.run(Duration.ofSeconds(random.nextInt(5, 60)));
        }
        controller.run(SETTLED);
        controller.run(SETTLED);

        assertThat(ready("hall")).hasSize(3);
        assertThat(ready("chat")).hasSizeGreaterThanOrEqualTo(2);
        Judge.stateAndCloudAgree(controller);
    }
}
