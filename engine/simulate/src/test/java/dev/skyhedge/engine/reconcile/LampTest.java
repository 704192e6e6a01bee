package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.engine.testing.lamp.Lamps;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A kind of workload that the engine has never heard of is declared in a spec, planned, kept running through crashes
/// and ended beside
/// services, with what the engine offers to any kind.
class LampTest {
    private static final String CHAT = """
            service "chat" {
              replicas = 2
              replica {
                command = ["serve"]
                port    = 8000
              }
              resources {
                accelerators = ["CPU:1"]
                locations    = ["sim/*/*"]
              }
            }
            """;
    private static final String HALL = """
            lamp "hall" {
              machines = 3
            }
            """;
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private Path directory;
    private final Cloud cloud = SimulatedClouds.calm();
    private VirtualController controller;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        this.directory = directory;
        controller = new VirtualController(cloud, spec(CHAT + HALL), Lamps::of);
    }

    private Spec spec(String text) throws IOException {
        return Lamps.read(directory, text).spec().orElseThrow();
    }

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
    void isPlannedWithPlacesPricesAndReasons() throws IOException {
        Spec spec = spec(CHAT + HALL);
        Spec more = spec(CHAT + HALL + "lamp \"cellar\" {\n  machines = 1\n}\n");
        var fresh = new VirtualController(SimulatedClouds.calm(), spec, Lamps::of);
        controller.run(Duration.ofSeconds(1));

        Plan plan = Planner.plan(Lamps.of(spec), fresh.world(), PlanOptions.DEFAULT);
        Plan known = Planner.plan(Lamps.of(more), controller.world(), PlanOptions.DEFAULT);

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
    void isReplacedWhereItIsToRunSomethingElse() throws IOException {
        controller.run(SETTLED);
        List<String> services = instances("chat");

        controller.declare(spec(CHAT + "lamp \"hall\" {\n  machines = 2\n  colour   = \"blue\"\n}\n"));
        controller.run(SETTLED);

        assertThat(ready("hall")).hasSize(2).allMatch(task -> task.version().equals("blue"));
        assertThat(instances("chat")).isEqualTo(services);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void endsOnceItIsNotDeclaredAndTheServiceStays() throws IOException {
        controller.run(SETTLED);
        List<String> services = instances("chat");

        controller.declare(spec(CHAT));
        controller.run(SETTLED);

        assertThat(controller.store().read().services())
                .extracting(workload -> workload.address())
                .containsExactly("service.chat");
        assertThat(instances("chat")).isEqualTo(services);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void goesOnUnderAnotherName() throws IOException {
        controller.run(SETTLED);
        List<String> shining = instances("hall");

        controller.declare(
                spec(CHAT + HALL.replace("hall", "cellar") + "moved {\n  from = lamp.hall\n  to   = lamp.cellar\n}\n"));
        controller.run(SETTLED);

        assertThat(instances("cellar")).isEqualTo(shining);
        assertThat(controller.world().service("cellar"))
                .hasValueSatisfying(recorded -> assertThat(recorded.address()).isEqualTo("lamp.cellar"));
        assertThat(controller.world().service("hall")).isEmpty();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void staysWhereTheServicesGo() throws IOException {
        controller.run(SETTLED);
        List<String> lamps = instances("hall");

        controller.declare(spec(HALL));
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
    void drainsForAsLongAsItsOwnKindSays() throws IOException {
        controller.run(SETTLED);

        for (WorkloadRecord recorded : controller.world().workloads().values()) {
            assertThat(Lamps.of(spec(CHAT + HALL)).drainTimeout(recorded.name(), Optional.of(recorded)))
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
