package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A changed replica block, in a running service.
class RollOutTest extends RunningServices {
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
    void takesAnEditBackThatNoPlaceAccepts() {
        var controller = serving(CHAT.wants(2));
        String good = replica(controller, "chat-1").version();
        refuseAll();
        controller.declare(Declared.all(CHAT.wants(2).running("too large a script")));
        controller.run(Duration.ofMinutes(1));

        cloud.faults().clear();
        cloud.preempt(ready(controller, 0), Duration.ZERO);
        controller.run(Duration.ofMinutes(2));

        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .allMatch(replica -> replica.version().equals(good));
    }

    private void refuseAll() {
        cloud.faults()
                .next(
                        Call.LAUNCH,
                        LocationPattern.parse("*"),
                        new Fault.Refused(new Failure.InvalidRequest("the boot script is too long")),
                        Integer.MAX_VALUE);
    }

    private static String ready(VirtualController controller, int index) {
        return controller.replicas(Lifecycle.READY).get(index).instanceId().orElseThrow();
    }

    @Test
    void aChangedDiskReplacesReplicasAsAChangedImageDoes() {
        var controller = serving(CHAT.wants(2).onDisk(200));
        String first = replica(controller, "chat-1").version();

        controller.declare(Declared.all(CHAT.wants(2).onDisk(500)));
        controller.run(Duration.ofMinutes(30));

        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .noneMatch(r -> r.version().equals(first));
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
}
