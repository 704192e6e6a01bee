package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.Event;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.ZoneHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private static final Duration A_WHILE = Duration.ofMinutes(10);
    private static final Declared CHAT = Declared.service("chat");

    private final Cloud cloud = SimulatedClouds.calm();

    private VirtualController serving(Declared... services) {
        var controller = new VirtualController(cloud, Declared.all(services));
        controller.run(A_WHILE);
        return controller;
    }

    private static List<String> names(List<ReplicaRecord> replicas) {
        return replicas.stream().map(ReplicaRecord::name).toList();
    }

    private static List<String> ready(VirtualController controller) {
        return names(controller.replicas(Lifecycle.READY));
    }

    private static ReplicaRecord replica(VirtualController controller, String name) {
        return controller.replicas().stream()
                .filter(replica -> replica.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> kinds(VirtualController controller) {
        return controller.store().events("", 1_000).stream().map(Event::kind).toList();
    }

    /// The least number of replicas that served at any step from now on.
    private static int[] leastServing(VirtualController controller) {
        int[] least = {Integer.MAX_VALUE};
        controller.watch((world, step) ->
                least[0] = Math.min(least[0], (int) world.replicas().getOrDefault("chat", List.of()).stream()
                        .filter(replica -> replica.lifecycle() == Lifecycle.READY)
                        .count()));
        return least;
    }

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
    void launchesTheReplacementAtTheNoticeAndDrainsUntilShortlyBeforeTheDeadline() {
        var controller = serving(CHAT.wants(2));
        String victim = replica(controller, "chat-1").instanceId().orElseThrow();
        inFlight(controller, Map.of("chat-1", 3));

        cloud.preempt(victim, Duration.ofMinutes(1));
        controller.run(Duration.ofMillis(1));
        inFlight(controller, Map.of("chat-1", 3));

        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.DRAINING);
        assertThat(replica(controller, "chat-3").lifecycle().isRising()).isTrue();
        controller.run(Duration.ofSeconds(54));
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.DRAINING);
        controller.run(Duration.ofSeconds(2));
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.PREEMPTED);
        assertThat(cloud.ledger().rental(victim).orElseThrow().isLive()).isFalse();
    }

    private static void inFlight(VirtualController controller, Map<String, Integer> requests) {
        controller.run(Duration.ofMillis(1));
        controller.tell(new Message.SignalsRead("chat", OptionalDouble.of(1), 0, requests, controller.now()));
    }

    @Test
    void rollsAnUpdateOutWithoutServingLessThanWanted() {
        var controller = serving(CHAT.wants(3));
        int[] least = leastServing(controller);
        int[] most = {0};
        controller.watch((world, step) ->
                most[0] = Math.max(most[0], (int) world.replicas().getOrDefault("chat", List.of()).stream()
                        .filter(replica -> replica.lifecycle().isRising())
                        .count()));

        controller.declare(Declared.all(CHAT.wants(3).running("v2")));
        controller.run(Duration.ofMinutes(30));

        String first = controller.replicas(Lifecycle.GONE).getFirst().version();
        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(3)
                .noneMatch(r -> r.version().equals(first));
        assertThat(least[0]).isEqualTo(3);
        assertThat(most[0]).isEqualTo(4);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void switchesABlueGreenUpdateOnlyWhenAllOfTheNewVersionServe() {
        Declared blueGreen = CHAT.wants(3).update(UpdateSpec.Mode.BLUE_GREEN, 1);
        var controller = serving(blueGreen);
        String blue = replica(controller, "chat-1").version();

        controller.declare(Declared.all(blueGreen.running("v2")));
        controller.run(Duration.ofSeconds(45));
        assertThat(controller.live()).hasSize(6);
        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(3)
                .allMatch(r -> r.version().equals(blue));

        controller.run(A_WHILE);
        assertThat(controller.live()).hasSize(3).noneMatch(r -> r.version().equals(blue));
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void stopsTheRollOutOfAVersionThatNeverGetsReady() {
        Declared stable = CHAT.wants(2).initialDelay(Duration.ofMinutes(2));
        var controller = serving(stable);
        String good = replica(controller, "chat-1").version();
        int[] least = leastServing(controller);
        controller.healthyIf(replica -> replica.version().equals(good));

        controller.declare(Declared.all(stable.running("broken")));
        controller.run(Duration.ofHours(1));

        assertThat(controller.live())
                .hasSize(2)
                .allMatch(replica -> replica.version().equals(good));
        assertThat(least[0]).isEqualTo(2);
        assertThat(controller.lastStep().plan().services().getFirst().notes())
                .anySatisfy(note -> assertThat(note).contains("roll-out").contains("stopped"));
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void goesOnWithANewVersionAfterAStoppedRollOut() {
        Declared stable = CHAT.wants(2).initialDelay(Duration.ofMinutes(2));
        var controller = serving(stable);
        String good = replica(controller, "chat-1").version();
        controller.healthyIf(replica -> replica.version().equals(good));
        controller.declare(Declared.all(stable.running("broken")));
        controller.run(Duration.ofHours(1));

        controller.healthyIf(_ -> true);
        controller.declare(Declared.all(stable.running("fixed")));
        controller.run(A_WHILE);

        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .noneMatch(r -> r.version().equals(good));
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
    void keepsAProtectedServiceThatIsNotDeclaredAnyMore() {
        var controller = serving(CHAT.isProtected());

        controller.declare(Declared.all());
        controller.run(A_WHILE);

        assertThat(ready(controller)).containsExactly("chat-1");
        assertThat(controller.lastStep().plan().problems()).hasSize(1);
    }

    @Test
    void goesOnWithOtherServicesBesideOneThatIsProtected() {
        var controller = serving(CHAT.isProtected(), Declared.service("embed"));
        controller.declare(Declared.all(Declared.service("embed")));

        cloud.preempt(replica(controller, "embed-1").instanceId().orElseThrow(), Duration.ZERO);
        controller.run(A_WHILE);

        assertThat(ready(controller)).containsExactly("chat-1", "embed-1");
    }

    @Test
    void removesAServiceThatIsNotDeclaredAnyMore() {
        var controller = serving(CHAT.wants(2), Declared.service("embed"));

        controller.declare(Declared.all(Declared.service("embed")));
        controller.run(A_WHILE);

        assertThat(ready(controller)).containsExactly("embed-1");
        assertThat(controller.store().read().services()).hasSize(1);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void declaresAServiceAgainAfterItWasRemoved() {
        var controller = serving(CHAT);
        controller.declare(Declared.all());
        controller.run(A_WHILE);

        controller.declare(Declared.all(CHAT));
        controller.run(A_WHILE);

        assertThat(ready(controller)).containsExactly("chat-1");
        assertThat(replica(controller, "chat-1").generation()).isEqualTo(2);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void removesAServiceWhoseLaunchWasNotAnsweredYet() {
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.goesDeaf();
        controller.callsTake(Duration.ofSeconds(5));
        controller.run(Duration.ofSeconds(3));
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.REQUESTED);

        controller.declare(Declared.all());
        controller.run(A_WHILE);

        assertThat(cloud.ledger().rentals()).hasSize(1);
        assertThat(controller.store().read().services()).isEmpty();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void destroysEverythingOnRequest() {
        var controller = serving(CHAT.wants(2), Declared.service("embed"));

        controller.use(new PlanOptions(Set.of(), Set.of(), true));
        controller.run(A_WHILE);

        assertThat(controller.live()).isEmpty();
        assertThat(controller.store().read().services()).isEmpty();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void plansOnlyTheTargets() {
        var controller = new VirtualController(cloud, Declared.all(CHAT, Declared.service("embed")));

        controller.use(new PlanOptions(Set.of("embed"), Set.of(), false));
        controller.run(A_WHILE);

        assertThat(ready(controller)).containsExactly("embed-1");
    }

    @Test
    void replacesAReplicaOnRequestOnceAndLaunchesFirst() {
        var controller = serving(CHAT.wants(2));
        int[] least = leastServing(controller);

        controller.use(new PlanOptions(Set.of(), Set.of("chat-1"), false));
        controller.run(Duration.ofHours(1));

        assertThat(cloud.ledger().rentals()).hasSize(3);
        assertThat(ready(controller)).containsExactly("chat-2", "chat-3");
        assertThat(least[0]).isEqualTo(2);
    }

    @Test
    void replacesAllReplicasOfAServiceOnRequestOnce() {
        var controller = serving(CHAT.wants(2));

        controller.use(new PlanOptions(Set.of(), Set.of("chat"), false));
        controller.run(Duration.ofHours(1));

        assertThat(cloud.ledger().rentals()).hasSize(4);
        assertThat(controller.replicas(Lifecycle.READY)).hasSize(2);
        assertThat(controller.lastStep().plan().isEmpty()).isTrue();
    }

    @Test
    void doesNotReplaceTheSuccessorOfAReplicaThatWasToBeReplaced() {
        var controller = serving(CHAT.wants(2));
        controller.use(new PlanOptions(Set.of(), Set.of("chat-1"), false));
        controller.run(A_WHILE);

        cloud.preempt(replica(controller, "chat-2").instanceId().orElseThrow(), Duration.ZERO);
        controller.run(Duration.ofHours(1));

        assertThat(ready(controller)).containsExactly("chat-1", "chat-3");
        assertThat(cloud.ledger().rentals()).hasSize(4);
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
        controller.run(Duration.ofMinutes(25));

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
    void findsALaunchWhoseAnswerWasLost() {
        cloud.faults().next(Call.LAUNCH, new Fault.AnswerLost());

        var controller = serving(CHAT);

        assertThat(cloud.ledger().rentals()).hasSize(1);
        assertThat(ready(controller)).containsExactly("chat-1");
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void repeatsALaunchThatNeverArrivedUnderTheSameTokenSoon() {
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        cloud.faults().next(Call.LAUNCH, new Fault.CallLost());

        controller.run(Duration.ofSeconds(5));

        assertThat(cloud.ledger().rentals()).hasSize(1);
        assertThat(replica(controller, "chat-1").generation()).isEqualTo(1);
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.PROVISIONING);
    }

    @Test
    void endsAnInstanceThatAppearsAfterItsLaunchWasGivenUp() {
        cloud.faults().next(Call.LAUNCH, new Fault.Late(Duration.ofMinutes(5)));
        cloud.faults().unreachable(LocationPattern.parse("sim/west"), new Failure.Throttled(Duration.ZERO, ""));
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.run(Duration.ofSeconds(1));
        controller.declare(Declared.all());

        controller.run(Duration.ofMinutes(20));

        assertThat(controller.live()).isEmpty();
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void asksASilentProviderAgainWithoutHurry() {
        var controller = serving(CHAT);
        cloud.faults().next(Call.LAUNCH, new Fault.CallLost());
        cloud.preempt(replica(controller, "chat-1").instanceId().orElseThrow(), Duration.ZERO);
        controller.run(Duration.ofMillis(1));
        cloud.faults()
                .next(
                        Call.OBSERVE,
                        LocationPattern.parse("*"),
                        new Fault.Refused(new Failure.Denied("the key has expired")),
                        Integer.MAX_VALUE);
        long steps = controller.steps();

        controller.run(Duration.ofHours(1));

        assertThat(controller.steps() - steps).isLessThan(3_000);
    }

    @Test
    void learnsNothingOfAZoneFromAMistakeOfOurs() {
        cloud.faults()
                .next(
                        Call.LAUNCH,
                        LocationPattern.parse("*"),
                        new Fault.Refused(new Failure.InvalidRequest("no such image")),
                        1_000);

        var controller = serving(CHAT);

        assertThat(controller.store().read().zoneHealth()).isEmpty();
        assertThat(replica(controller, "chat-1").reason()).contains("no such image");
        assertThat(replica(controller, "chat-1").generation()).isLessThan(15);
    }

    @Test
    void triesTheNextZoneAtOnceWhenOneIsFull() {
        cloud.closeZone(SimulatedClouds.EAST_A);

        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.run(Duration.ofSeconds(3));

        assertThat(replica(controller, "chat-1").offer().location()).isEqualTo(SimulatedClouds.EAST_B);
        assertThat(replica(controller, "chat-1").generation()).isEqualTo(2);
        assertThat(replica(controller, "chat-1").failures()).isZero();
    }

    @Test
    void asksForAQuotaOnlyOnceAnHour() {
        var quota = new Failure.Quota(
                new Scope(LocationPattern.parse("sim"), Optional.empty(), Optional.empty()), "limit of 0 GPUs");
        cloud.faults().next(Call.LAUNCH, LocationPattern.parse("*"), new Fault.Refused(quota), Integer.MAX_VALUE);

        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.run(Duration.ofMinutes(50));

        assertThat(replica(controller, "chat-1").generation()).isEqualTo(3);
        assertThat(controller.lastStep().plan().services().getFirst().notes())
                .anySatisfy(note -> assertThat(note).contains("limit of 0 GPUs"));
    }

    @Test
    void blamesNoZoneForAReplicaThatItEndedItself() {
        Cloud forgetful = SimulatedClouds.calm(SimulatedClouds.rules().withEndedRetention(Duration.ofSeconds(1)));
        var controller = new VirtualController(forgetful, Declared.all(CHAT.wants(2)));
        controller.run(A_WHILE);

        controller.goesDeaf();
        controller.declare(Declared.all(CHAT.wants(1)));
        controller.run(A_WHILE);

        assertThat(replica(controller, "chat-2").lifecycle()).isEqualTo(Lifecycle.GONE);
        assertThat(controller.store().read().zoneHealth())
                .noneMatch(zone -> zone.status() == ZoneHealth.Status.PREEMPTING);
    }

    @Test
    void seesAnInstanceRunThatBootsFasterThanItsLaunchIsAnswered() {
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        controller.callsTake(Duration.ofSeconds(35));

        controller.run(Duration.ofSeconds(90));

        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.READY);
    }

    @Test
    void adoptsWhatRunsUnderANewerGenerationThanTheStateKnows() {
        var before = serving(CHAT.wants(2));
        assertThat(before.live()).hasSize(2);

        // Another state of the same lineage that knows the service and none of its replicas.
        var amnesiac = new VirtualController(cloud, Declared.all(CHAT.wants(2)));
        amnesiac.run(A_WHILE);

        assertThat(cloud.ledger().rentals()).hasSize(2);
        assertThat(kinds(amnesiac)).contains("adopted");
        Judge.stateAndCloudAgree(amnesiac);
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
