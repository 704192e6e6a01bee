package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.Blocks;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The blocks `moved`, `removed`, `import` and `depends_on` carried out in a simulated cloud.
class RefactoredServicesTest {
    private static final Duration A_WHILE = Duration.ofMinutes(10);
    private static final Declared CHAT = Declared.service("chat");
    private static final Declared ASSISTANT = Declared.service("assistant");

    private final Cloud cloud = SimulatedClouds.calm();

    private VirtualController serving(Declared... services) {
        var controller = new VirtualController(cloud, Declared.all(services));
        controller.run(A_WHILE);
        return controller;
    }

    private List<String> rented() {
        return cloud.ledger().live().stream().map(Rental::instanceId).sorted().toList();
    }

    private static List<String> names(List<ReplicaRecord> replicas) {
        return replicas.stream().map(ReplicaRecord::name).toList();
    }

    private static List<String> services(VirtualController controller) {
        return controller.store().read().services().stream()
                .map(WorkloadRecord::name)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void aMovedServiceKeepsItsInstancesWhereverTheMoveIsInterrupted(CrashPoint crash) {
        var controller = serving(CHAT.wants(2));
        List<String> before = rented();

        controller.crashAt(crash);
        controller.declare(
                Blocks.NONE.moved("service.chat", "service.assistant").around(ASSISTANT.wants(2)));
        controller.run(Duration.ofHours(1));

        assertThat(rented()).isEqualTo(before);
        assertThat(services(controller)).containsExactly("assistant");
        assertThat(controller.replicas(Lifecycle.READY))
                .allMatch(replica -> replica.service().equals("assistant"))
                .extracting(ReplicaRecord::name)
                .containsExactly("chat-1", "chat-2");
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void aMovedReplicaThatIsTakenBackIsReplacedAndItsSpendEnds() {
        var controller = serving(CHAT.wants(2));
        controller.declare(
                Blocks.NONE.moved("service.chat", "service.assistant").around(ASSISTANT.wants(2)));
        controller.run(A_WHILE);
        ReplicaRecord victim = controller.replicas(Lifecycle.READY).getFirst();

        cloud.preempt(victim.instanceId().orElseThrow(), Duration.ZERO);
        controller.run(A_WHILE);

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(2);
        assertThat(controller.store().spend("chat")).isEmpty();
        assertThat(controller.store().spend("assistant"))
                .filteredOn(entry -> entry.kind() == SpendEntry.Kind.RENTED_SPOT)
                .filteredOn(entry -> entry.until().isEmpty())
                .hasSize(2);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void whatAServiceHasCostGoesWithItToItsNewName() {
        var controller = serving(CHAT.wants(2));
        long before = spent(controller, "chat");

        controller.declare(
                Blocks.NONE.moved("service.chat", "service.assistant").around(ASSISTANT.wants(2)));
        controller.run(Duration.ofMillis(1));

        assertThat(before).isPositive();
        assertThat(spent(controller, "assistant")).isGreaterThanOrEqualTo(before);
        assertThat(spent(controller, "chat")).isZero();
    }

    private static long spent(VirtualController controller, String service) {
        return controller.store().spend(service).stream()
                .mapToLong(entry -> entry.microDollars(controller.now()))
                .sum();
    }

    @Test
    void aLaunchThatIsUnderWayWhenItsServiceMovesIsNotMadeTwice() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(1)));
        controller.goesDeaf();
        controller.callsTake(Duration.ofSeconds(20));
        controller.run(Duration.ofSeconds(1));
        assertThat(controller.replicas(Lifecycle.REQUESTED)).hasSize(1);

        controller.declare(
                Blocks.NONE.moved("service.chat", "service.assistant").around(ASSISTANT.wants(1)));
        controller.run(A_WHILE);

        assertThat(cloud.ledger().rentals()).hasSize(1);
        assertThat(names(controller.replicas(Lifecycle.READY))).containsExactly("chat-1");
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void theOldNameCanBeUsedForAnotherServiceAtOnce() {
        var controller = serving(CHAT.wants(1));

        controller.declare(
                Blocks.NONE.moved("service.chat", "service.assistant").around(ASSISTANT, CHAT));
        controller.run(Duration.ofHours(1));

        assertThat(names(controller.replicas(Lifecycle.READY))).containsExactly("chat-1", "chat-2");
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void whatIsForgottenRunsOnAndIsNeverTakenForALeftover() {
        var controller = serving(CHAT.wants(2));
        List<String> before = rented();

        controller.declare(Blocks.NONE.removed("service.chat", false).around());
        controller.run(Duration.ofHours(1));
        controller.crash();
        controller.run(Duration.ofHours(1));

        assertThat(rented()).isEqualTo(before);
        assertThat(services(controller)).isEmpty();
        assertThat(controller.replicas(Lifecycle.FORGOTTEN)).hasSize(2);
        assertThat(controller.store().spend("")).allMatch(entry -> entry.until().isPresent());
    }

    @Test
    void aServiceDeclaredAgainLeavesForgottenInstancesAlone() {
        var controller = serving(CHAT.wants(1));
        controller.declare(Blocks.NONE.removed("service.chat", false).around());
        controller.run(A_WHILE);

        controller.declare(Declared.all(CHAT.wants(1)));
        controller.run(Duration.ofHours(1));

        assertThat(rented()).hasSize(2);
        assertThat(names(controller.replicas(Lifecycle.READY))).containsExactly("chat-2");
    }

    @Test
    void anImportTakesAForgottenInstanceBack() {
        var controller = serving(CHAT.wants(1));
        List<String> before = rented();
        controller.declare(Blocks.NONE.removed("service.chat", false).around());
        controller.run(A_WHILE);

        controller.declare(
                Blocks.NONE.imports("service.assistant", before.getFirst()).around(ASSISTANT.wants(1)));
        controller.run(Duration.ofHours(1));

        assertThat(rented()).isEqualTo(before);
        assertThat(controller.replicas(Lifecycle.READY)).singleElement().satisfies(replica -> {
            assertThat(replica.service()).isEqualTo("assistant");
            assertThat(replica.name()).isEqualTo("chat-1");
        });
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void anImportedReplicaThatIsTakenBackLaterIsReplacedAlthoughItsBlockStays() {
        var controller = serving(CHAT.wants(1));
        String id = rented().getFirst();
        controller.declare(Blocks.NONE.removed("service.chat", false).around());
        controller.run(A_WHILE);
        controller.declare(Blocks.NONE.imports("service.chat", id).around(CHAT.wants(1)));
        controller.run(A_WHILE);

        cloud.preempt(id, Duration.ZERO);
        controller.run(A_WHILE);

        assertThat(controller.lastStep().plan().problems()).isEmpty();
        assertThat(controller.replicas(Lifecycle.READY)).hasSize(1);
        assertThat(rented()).hasSize(1).doesNotContain(id);
    }

    @Test
    void servicesComeInTheOrderOfTheirDependenciesAndGoInReverse() {
        List<String> order = new ArrayList<>();
        var controller = new VirtualController(
                cloud, Declared.all(ASSISTANT.dependsOn("chat").wants(1), CHAT.wants(2)));
        controller.watch((world, step) -> step.transitions().stream()
                .filter(change -> change.after().lifecycle() == Lifecycle.REQUESTED
                        || change.after().lifecycle() == Lifecycle.READY
                        || change.after().lifecycle() == Lifecycle.GONE)
                .forEach(change -> order.add(
                        change.after().lifecycle() + " " + change.after().name())));

        controller.run(A_WHILE);
        assertThat(order)
                .containsExactly(
                        "REQUESTED chat-1",
                        "REQUESTED chat-2",
                        "READY chat-1",
                        "READY chat-2",
                        "REQUESTED assistant-1",
                        "READY assistant-1");

        order.clear();
        controller.use(new PlanOptions(Set.of(), Set.of(), true));
        controller.run(A_WHILE);
        assertThat(order.getFirst()).isEqualTo("GONE assistant-1");
        assertThat(order).hasSize(3);
        assertThat(rented()).isEmpty();
        assertThat(services(controller)).isEmpty();
    }

    @Test
    void aServiceThatIsRefusedInAllItsPlacesStopsWhileOthersGoOnAndTriesAgainNowAndThen() {
        var controller =
                new VirtualController(cloud, Declared.all(CHAT.in("sim/east/*").wants(3), ASSISTANT.in("sim/west/*")));
        cloud.faults()
                .next(
                        Call.LAUNCH,
                        LocationPattern.parse("sim/east"),
                        new Fault.Refused(new Failure.Denied("the key has expired")),
                        2);

        controller.run(Duration.ofMinutes(3));
        assertThat(controller.replicas(Lifecycle.READY))
                .extracting(ReplicaRecord::service)
                .contains("assistant");
        assertThat(controller.replicas(Lifecycle.FAILED)).isNotEmpty();
        assertThat(controller.lastStep().plan().services().getFirst().hopeless())
                .singleElement()
                .asString()
                .contains("the key has expired");

        controller.run(A_WHILE);
        assertThat(controller.replicas(Lifecycle.READY)).hasSize(4);
    }

    @Test
    void anotherProcessTriesAtOnceWhatWasRefused() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(1)));
        cloud.faults()
                .next(
                        Call.LAUNCH,
                        LocationPattern.parse("*"),
                        new Fault.Refused(new Failure.InvalidRequest("no such image")),
                        Integer.MAX_VALUE);
        controller.run(Duration.ofMinutes(1));
        assertThat(controller.replicas(Lifecycle.READY)).isEmpty();
        cloud.faults().clear();

        controller.crash();
        controller.run(Duration.ofMinutes(2));

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(1);
    }

    @Test
    void aDegradedDependencyDoesNotHoldUpWhatRuns() {
        var controller = serving(ASSISTANT.dependsOn("chat").wants(1), CHAT.wants(1));
        controller.healthyIf(replica -> !replica.service().equals("chat"));
        controller
                .replicas(Lifecycle.READY)
                .forEach(replica -> cloud.preempt(replica.instanceId().orElseThrow(), Duration.ZERO));

        controller.run(Duration.ofMinutes(3));

        assertThat(controller.replicas(Lifecycle.READY))
                .extracting(ReplicaRecord::service)
                .containsExactly("assistant");
    }
}
