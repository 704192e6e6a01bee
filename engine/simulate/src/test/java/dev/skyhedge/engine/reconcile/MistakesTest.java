package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Launches that are refused for what was asked or for who asked: they close what they are about.
class MistakesTest {
    private static final Declared CHAT = Declared.service("chat");

    private final Cloud cloud = SimulatedClouds.calm();

    private VirtualController refusedIn(String where, Failure failure) {
        cloud.faults().next(Call.LAUNCH, LocationPattern.parse(where), new Fault.Refused(failure), Integer.MAX_VALUE);
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(2)));
        controller.run(Duration.ofMinutes(3));
        return controller;
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
    void aDeniedRegionIsTriedAgainNowAndThen() {
        var controller = refusedIn("*", new Failure.Denied("the key has expired"));
        cloud.faults().clear();

        controller.run(Duration.ofMinutes(10));

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(2);
    }
}
