package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.store.PlaceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What people order while services run.
class OrdersTest extends RunningServices {
    /// Places it, and lets the controller read it as its reader of orders would.
    private static long order(VirtualController controller, Order order) {
        var placed = (PlaceResult.Placed) controller.store().place(order, "ann@box", controller.now());
        controller.tell(new Message.OrdersRead(controller.store().openOrders().stream()
                .filter(open -> open.answer().isEmpty())
                .toList()));
        return placed.order().number();
    }

    private static long end(VirtualController controller, String name, Order.How how) {
        return order(
                controller, new Order.EndReplica(name, replica(controller, name).generation(), how));
    }

    private static OrderAnswer answer(VirtualController controller, long number) {
        return controller.store().order(number).orElseThrow().answer().orElseThrow();
    }

    /// Why replicas are launched from now on.
    private static List<String> launchReasons(VirtualController controller) {
        List<String> reasons = new ArrayList<>();
        controller.watch((_, step) -> step.transitions().stream()
                .map(Step.Transition::after)
                .filter(replica -> replica.lifecycle() == Lifecycle.REQUESTED)
                .forEach(replica -> reasons.add(replica.reason())));
        return reasons;
    }

    private static Set<String> regions(List<ReplicaRecord> replicas) {
        return replicas.stream()
                .map(replica -> replica.offer().location().region())
                .collect(Collectors.toSet());
    }

    @Test
    void replacesAReplicaOnceAndLaunchesFirst() {
        var controller = serving(CHAT.wants(2));
        int[] least = leastServing(controller);
        List<String> launched = launchReasons(controller);

        long number = end(controller, "chat-1", Order.How.REPLACE);
        assertThat(answer(controller, number)).isInstanceOf(OrderAnswer.Accepted.class);
        controller.run(Duration.ofHours(1));

        assertThat(ready(controller)).containsExactly("chat-2", "chat-3");
        assertThat(least[0]).isEqualTo(2);
        assertThat(cloud.ledger().rentals()).hasSize(3);
        assertThat(answer(controller, number)).isInstanceOf(OrderAnswer.Done.class);
        assertThat(replica(controller, "chat-1").reason()).contains("asked for by ann@box at ");
        assertThat(launched).singleElement().asString().contains("in place of chat-1#1, asked for by ann@box at ");
    }

    @Test
    void restartsAReplicaUnderItsName() {
        var controller = serving(CHAT.wants(2));
        int[] least = leastServing(controller);
        List<String> launched = launchReasons(controller);

        long number = end(controller, "chat-1", Order.How.RESTART);
        controller.run(Duration.ofHours(1));

        assertThat(ready(controller)).containsExactly("chat-1", "chat-2");
        assertThat(replica(controller, "chat-1").generation()).isEqualTo(2);
        assertThat(launched).singleElement().asString().contains("in place of chat-1#1, asked for by ann@box at ");
        assertThat(least[0]).isEqualTo(1);
        assertThat(cloud.ledger().rentals()).hasSize(3);
        assertThat(answer(controller, number).text()).isEqualTo("chat-1#1 has ended; 2 of 2 serve");
    }

    @Test
    void startsAReplicaAgainUnderItsNameAlsoWhenLowerOnesAreFree() {
        var controller = serving(CHAT.wants(2));
        end(controller, "chat-1", Order.How.REPLACE);
        controller.run(A_WHILE);

        end(controller, "chat-3", Order.How.RESTART);
        controller.run(A_WHILE);

        assertThat(ready(controller)).containsExactly("chat-2", "chat-3");
    }

    @Test
    void drainsAReplicaAfterItsRequestsAndBringsAnotherAtOnce() {
        var controller = serving(CHAT.wants(1));
        controller.balanced(true);
        inFlight(controller, Map.of("chat-1", 1));

        long number = end(controller, "chat-1", Order.How.DRAIN);
        assertThat(controller.reconciler().routes("chat").toString()).doesNotContain("accepting=true");
        assertThat(replica(controller, "chat-1").lifecycle()).isEqualTo(Lifecycle.DRAINING);
        controller.run(Duration.ofHours(1));

        assertThat(ready(controller)).containsExactly("chat-2");
        assertThat(answer(controller, number)).isInstanceOf(OrderAnswer.Done.class);
    }

    private static Stream<Arguments> crashes() {
        return Stream.of(CrashPoint.values())
                .flatMap(point -> Stream.of(Order.How.values()).map(how -> Arguments.of(point, how)));
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void aCrashBetweenReadingAndDoingNeitherLosesAnOrderNorDoesItTwice(CrashPoint point, Order.How how) {
        var controller = serving(CHAT.wants(2));

        controller.crashAt(point);
        long number = end(controller, "chat-1", how);
        controller.run(Duration.ofHours(1));

        assertThat(answer(controller, number)).isInstanceOf(OrderAnswer.Done.class);
        assertThat(ready(controller)).hasSize(2);
        assertThat(cloud.ledger().rentals()).hasSize(3);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void theLaterOfTwoOrdersAboutOneReplicaCounts() {
        var controller = serving(CHAT.wants(2));

        long first = end(controller, "chat-1", Order.How.REPLACE);
        long second = end(controller, "chat-1", Order.How.DRAIN);

        assertThat(answer(controller, first).text()).isEqualTo("ended by order " + second);
        assertThat(replica(controller, "chat-1").lifecycle().isRising()).isFalse();
    }

    @Test
    void refusesWhatIsAboutNothingThatIsThere() {
        var controller = serving(CHAT.wants(1));

        assertThat(answer(controller, order(controller, new Order.EndReplica("chat-7", 1, Order.How.DRAIN))))
                .isEqualTo(new OrderAnswer.Refused(controller.now(), "chat-7#1 is not there any more"));
        assertThat(answer(controller, order(controller, new Order.PauseService("tort"))))
                .isInstanceOf(OrderAnswer.Refused.class);
        assertThat(answer(controller, order(controller, new Order.ResumeService("chat"))))
                .isEqualTo(new OrderAnswer.Refused(controller.now(), "chat is not paused"));
        assertThat(controller.store().openOrders()).isEmpty();
        assertThat(kinds(controller)).contains(OrderNews.EVENT);
    }

    @Test
    void refusesWhatNobodyHasReadForLong() {
        var controller = serving(CHAT.wants(1));
        var placed = (PlaceResult.Placed) controller
                .store()
                .place(
                        new Order.PauseService("chat"),
                        "ann@box",
                        controller.now().minus(Duration.ofMinutes(16)));

        controller.crash();
        controller.run(A_WHILE);

        assertThat(answer(controller, placed.order().number())).isInstanceOf(OrderAnswer.Refused.class);
        assertThat(ready(controller)).containsExactly("chat-1");
    }

    @Test
    void aPausedServiceHasNoReplicasWhateverItsSpecSaysUntilItIsResumed() {
        var controller = serving(CHAT.wants(2));

        long pause = order(controller, new Order.PauseService("chat"));
        controller.run(A_WHILE);
        assertThat(controller.live()).isEmpty();
        assertThat(replica(controller, "chat-1").reason()).startsWith("paused, asked for by ann@box at ");
        controller.declare(Declared.all(CHAT.wants(3)));
        controller.crash();
        controller.run(A_WHILE);
        assertThat(controller.live()).isEmpty();
        assertThat(controller.store().read().services().getFirst().wanted()).isZero();

        long resume = order(controller, new Order.ResumeService("chat"));
        controller.run(A_WHILE);

        assertThat(ready(controller)).hasSize(3);
        assertThat(answer(controller, pause)).isInstanceOf(OrderAnswer.Done.class);
        assertThat(answer(controller, resume)).isInstanceOf(OrderAnswer.Done.class);
        assertThat(controller.store().openOrders()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void destroysEverythingAndLaunchesNothingAgainBeforeItSaysSo(CrashPoint point) {
        var controller = serving(CHAT.wants(2), Declared.service("embed"));
        List<String> launched = launchReasons(controller);
        List<String> launchedBeforeItWasDone = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        controller.watch((world, step) -> {
            step.transitions()
                    .forEach(transition -> ended.add(transition.after().reason()));
            if (step.changes().stream()
                    .anyMatch(change -> change instanceof Change.PutOrder(var placed) && !placed.isOpen())) {
                launchedBeforeItWasDone.addAll(launched);
                assertThat(world.workloads()).isEmpty();
            }
        });

        controller.crashAt(point);
        long number = order(controller, new Order.Destroy());
        controller.run(A_WHILE);

        assertThat(answer(controller, number).text()).isEqualTo("everything has ended");
        assertThat(launchedBeforeItWasDone).isEmpty();
        assertThat(ended).anyMatch(why -> why.contains("destroyed, asked for by ann@box at "));
    }

    @Test
    void refusesToDestroyWhatIsProtected() {
        var controller = serving(CHAT.wants(1).isProtected());

        assertThat(answer(controller, order(controller, new Order.Destroy())).text())
                .contains("service.chat has protect = true");
        assertThat(ready(controller)).hasSize(1);
    }

    @Test
    void anApplyWaitsForItsSpecToComeIntoForceAndIsDoneOnceEverythingIsReady() {
        var controller = serving(CHAT.wants(1));
        long number = order(controller, new Order.ApplySpec("new", "services", "/home/ann/chat.hcl", List.of()));
        assertThat(controller.store().order(number).orElseThrow().answer()).isEmpty();

        controller
                .store()
                .commit(
                        controller.store().read().lease().orElseThrow(),
                        List.of(new Change.PutSpec(new SpecInForce(
                                "new", "services", "/home/ann/chat.hcl", controller.now(), List.of()))));
        controller.declare(Declared.all(CHAT.wants(2)));
        controller.crash();
        controller.run(Duration.ofSeconds(1));
        assertThat(answer(controller, number)).isInstanceOf(OrderAnswer.Accepted.class);
        controller.run(A_WHILE);

        assertThat(answer(controller, number).text()).isEqualTo("every service is ready");
        assertThat(ready(controller)).hasSize(2);
    }

    @Test
    void theSameFilesWithOtherValuesAreNotWhatWasOrdered() {
        var controller = serving(CHAT.wants(1));
        long number = order(controller, new Order.ApplySpec("new", "services", "/home/ann/chat.hcl", List.of()));

        controller
                .store()
                .commit(
                        controller.store().read().lease().orElseThrow(),
                        List.of(new Change.PutSpec(
                                new SpecInForce("new", "others", "/home/ann/chat.hcl", controller.now(), List.of()))));
        controller.declare(Declared.all(CHAT.wants(2)));
        controller.run(Duration.ofSeconds(1));

        assertThat(controller.store().order(number).orElseThrow().answer()).isEmpty();
    }

    @Test
    void whoFollowsOtherFilesRefusesToApply() {
        var controller = serving(CHAT.wants(1));
        long number = order(controller, new Order.ApplySpec("new", "services", "/home/ann/chat.hcl", List.of()));

        controller.tell(new Message.OrderRefused(number, "this watch follows other files"));

        assertThat(answer(controller, number))
                .isEqualTo(new OrderAnswer.Refused(controller.now(), "this watch follows other files"));
    }

    @Test
    void launchesNothingInAnAvoidedPlaceUntilItsTimeIsOver() {
        var controller = serving(CHAT.wants(2));
        String region = replica(controller, "chat-1").offer().location().region();
        var there = LocationPattern.parse("sim/" + region);

        long number = order(
                controller,
                new Order.AvoidZone(there, Optional.of(controller.now().plus(Duration.ofHours(2)))));
        assertThat(ready(controller)).containsExactly("chat-1", "chat-2");
        List<String> notes = new ArrayList<>();
        controller.watch((_, step) -> step.plan().services().forEach(service -> notes.addAll(service.notes())));
        end(controller, "chat-1", Order.How.RESTART);
        end(controller, "chat-2", Order.How.RESTART);
        controller.run(A_WHILE);

        assertThat(regions(controller.replicas(Lifecycle.READY))).doesNotContain(region);
        assertThat(notes).anyMatch(note -> note.startsWith(there + " is avoided until ") && note.contains("ann@box"));
        assertThat(controller.lastStep().plan().services().getFirst().notes()).isEmpty();
        controller.run(Duration.ofHours(2));
        assertThat(answer(controller, number).text()).isEqualTo("its time is over");
    }

    @Test
    void allowsAPlaceAgain() {
        var controller = serving(CHAT.wants(1));
        var everywhere = LocationPattern.parse("sim");

        long avoid = order(controller, new Order.AvoidZone(everywhere, Optional.empty()));
        end(controller, "chat-1", Order.How.DRAIN);
        controller.run(A_WHILE);
        assertThat(controller.live()).isEmpty();
        assertThat(controller.lastStep().plan().services().getFirst().hopeless())
                .anyMatch(why -> why.contains("`skyhedge zone allow sim/*/*`"));
        assertThat(answer(controller, order(controller, new Order.AllowZone(LocationPattern.parse("aws"))))
                        .text())
                .isEqualTo("aws/*/* is not avoided; what is avoided: sim/*/*");
        order(controller, new Order.AllowZone(everywhere));
        controller.run(A_WHILE);

        assertThat(ready(controller)).hasSize(1);
        assertThat(answer(controller, avoid)).isInstanceOf(OrderAnswer.Done.class);
    }
}
