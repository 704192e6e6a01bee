package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Launches that are refused for what was asked or for who asked: they close what they are about.
class MistakesTest {
    private static final Declared CHAT = Declared.service("chat");

    private final Cloud cloud = SimulatedClouds.calm();

    private VirtualController refusedIn(String where, Failure failure) {
        refuse(where, failure);
        return running(CHAT.wants(2), Duration.ofMinutes(3));
    }

    private void refuse(String where, Failure failure) {
        cloud.faults().next(Call.LAUNCH, LocationPattern.parse(where), new Fault.Refused(failure), Integer.MAX_VALUE);
    }

    private VirtualController running(Declared service, Duration time) {
        var controller = new VirtualController(cloud, Declared.all(service));
        controller.run(time);
        return controller;
    }

    private static int ready(VirtualController controller) {
        return controller.replicas(Lifecycle.READY).size();
    }

    private static Scope scope(String locations) {
        return new Scope(LocationPattern.parse(locations), Optional.empty(), Optional.empty());
    }

    private static List<String> notes(VirtualController controller) {
        return controller.lastStep().plan().services().getFirst().notes();
    }

    private long refused(VirtualController controller) {
        return controller.store().events("", 1_000).stream()
                .filter(event -> event.kind().equals("launch_failed"))
                .count();
    }

    @Test
    void goesToAnotherRegionWhereOneIsDenied() {
        var controller = refusedIn("sim/east/*", new Failure.Denied("not in this region"));

        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .allMatch(replica -> replica.offer().location().equals(SimulatedClouds.WEST_A));
        assertThat(refused(controller)).isLessThanOrEqualTo(2);
    }

    @Test
    void goesToAnotherZoneWhereOneOfferIsWrong() {
        var controller = refusedIn("sim/east/east-a", new Failure.InvalidRequest("no such subnet"));

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(2);
        assertThat(refused(controller)).isLessThanOrEqualTo(2);
    }

    @Test
    void givesUpWhenASecondPlaceSaysTheSame() {
        var controller = refusedIn("*", new Failure.InvalidRequest("no such image"));

        assertThat(refused(controller)).isLessThanOrEqualTo(4);
        assertThat(new Settle().reached(controller.spec(), controller.lastStep(), controller.world()))
                .hasValueSatisfying(
                        end -> assertThat(end.toString()).contains("nothing is launched any more", "no such image"));
    }

    @Test
    void aZoneThatRefusesEveryOfferLeavesTheOthersOpen() {
        Declared both = CHAT.wants(4).spotHedge(0, true, 0);
        refuse("sim/east/east-a", new Failure.InvalidRequest("no subnet in east-a"));

        var controller = running(both, Duration.ofMinutes(1));

        assertThat(ready(controller)).isGreaterThanOrEqualTo(4);
        assertThat(refused(controller)).isLessThanOrEqualTo(6);
    }

    @Test
    void manyRefusalsAtOnceDoNotSlowDownOtherPlaces() {
        refuse("sim/east/*", new Failure.Denied("not in this region"));

        var controller = running(CHAT.wants(12), Duration.ofMinutes(1));

        assertThat(ready(controller)).isEqualTo(12);
        assertThat(refused(controller)).isLessThanOrEqualTo(12);
    }

    @Test
    void asksOnceForWhatTheWholeAccountDoesNotHave() {
        refuse(
                "*",
                new Failure.UnsupportedHere(
                        new Scope(LocationPattern.parse("sim"), Optional.of(Market.SPOT), Optional.empty()),
                        "no role for spot"));

        var controller = running(CHAT, Duration.ofMinutes(5));

        assertThat(refused(controller)).isEqualTo(1);
        assertThat(notes(controller)).anyMatch(note -> note.contains("no role for spot"));
    }

    @Test
    void asksOnceInARegionThatIsOutOfEverything() {
        refuse(
                "sim/east/*",
                new Failure.NoCapacity(
                        new Scope(LocationPattern.parse("sim/east"), Optional.empty(), Optional.empty()), "sold out"));

        var controller = running(CHAT, Duration.ofMinutes(1));

        assertThat(ready(controller)).isEqualTo(1);
        assertThat(refused(controller)).isEqualTo(1);
    }

    @Test
    void aScopeThatReopensIsAskedOneLaunchAtATime() {
        refuse("*", new Failure.Denied("the key has expired"));
        var controller = running(CHAT.wants(12), Duration.ofMinutes(1));
        long before = refused(controller);

        controller.run(Duration.ofMinutes(10));

        assertThat(refused(controller) - before).isBetween(1L, 2L);
    }

    @Test
    void nothingIsHeldAgainstTheVersionOfALaunchThatWasRefused() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(3)));
        controller.run(Duration.ofMinutes(10));
        refuse("sim/east/*", new Failure.Denied("not in this region"));

        controller.declare(Declared.all(CHAT.wants(3).running("v2")));
        controller.run(Duration.ofMinutes(10));

        String newest = controller.store().read().services().getFirst().version();
        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(3)
                .allMatch(replica -> replica.version().equals(newest));
    }

    @Test
    void isHopelessOnceEachPlaceIsClosedForAReasonOfItsOwn() {
        refuse("sim/east/east-a", new Failure.InvalidRequest("no subnet in east-a"));
        refuse("sim/east/east-b", new Failure.UnsupportedHere(scope("sim/east/east-b"), "no such type"));
        refuse("sim/west/*", new Failure.Quota(scope("sim/west/*"), "limit of 0"));

        var controller = running(CHAT, Duration.ofMinutes(3));

        assertThat(new Settle().reached(controller.spec(), controller.lastStep(), controller.world()))
                .hasValueSatisfying(end -> assertThat(end.toString())
                        .contains("no subnet in east-a")
                        .contains("no such type")
                        .contains("limit of 0"));
    }

    @Test
    void isNotHopelessWhileOnePlaceIsLeft() {
        refuse("sim/east/*", new Failure.Denied("no"));
        cloud.closeZone(SimulatedClouds.WEST_A);

        var controller = running(CHAT, Duration.ofMinutes(3));

        assertThat(new Settle().reached(controller.spec(), controller.lastStep(), controller.world()))
                .isEmpty();
    }

    @Test
    void aDeniedRegionIsTriedAgainNowAndThen() {
        var controller = refusedIn("*", new Failure.Denied("the key has expired"));
        cloud.faults().clear();

        controller.run(Duration.ofMinutes(10));

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(2);
    }
}
