package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Versions that get ready and die, and edits that are taken back.
class DoubtTest extends RunningServices {
    private static final Duration SIX_SECONDS = Duration.ofSeconds(6);

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 15, 60})
    void takesAVersionBackWhoseReplicasDieSoonAfterTheyAreReady(int secondsToLive) {
        var controller = serving(CHAT.wants(2));
        String good = replica(controller, "chat-1").version();
        controller.dieAfter(Duration.ofSeconds(secondsToLive), other(good));
        long launchesBefore = cloud.ledger().rentals().size();

        controller.declare(Declared.all(CHAT.wants(2).running("dies")));
        controller.run(Duration.ofHours(1));

        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .allMatch(replica -> replica.version().equals(good));
        assertThat(cloud.ledger().rentals().size() - launchesBefore).isLessThan(10);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void keepsServingInFullWhileAVersionThatDiesSoonIsTriedOut() {
        var controller = serving(CHAT.wants(2));
        String good = replica(controller, "chat-1").version();
        controller.dieAfter(SIX_SECONDS, other(good));
        int[] least = {Integer.MAX_VALUE};
        controller.watch((world, _) ->
                least[0] = Math.min(least[0], (int) world.replicas().getOrDefault("chat", List.of()).stream()
                        .filter(replica -> replica.lifecycle() == Lifecycle.READY)
                        .filter(replica -> replica.version().equals(good))
                        .count()));

        controller.declare(Declared.all(CHAT.wants(2).running("dies")));
        controller.run(Duration.ofHours(1));

        assertThat(least[0]).isEqualTo(2);
    }

    @Test
    void takesTheWholeEditBackPlacesIncluded() {
        Declared east = CHAT.wants(2).in("sim/east/*");
        var controller = serving(east);
        String good = replica(controller, "chat-1").version();
        controller.dieAfter(SIX_SECONDS, other(good));

        controller.declare(Declared.all(CHAT.wants(2).in("sim/west/*").running("dies")));
        controller.run(Duration.ofMinutes(30));
        cloud.preempt(ready(controller, good).instanceId().orElseThrow(), Duration.ZERO);
        controller.run(A_WHILE);

        assertThat(controller.live()).hasSize(2).allSatisfy(replica -> {
            assertThat(replica.version()).isEqualTo(good);
            assertThat(replica.offer().location().region()).isEqualTo("east");
        });
    }

    @Test
    void takesPlacesBackInWhichNothingStaysUp() {
        Declared east = CHAT.wants(2).in("sim/east/*");
        var controller = serving(east);
        controller.dieAfter(
                SIX_SECONDS, replica -> replica.offer().location().region().equals("west"));

        controller.declare(Declared.all(CHAT.wants(2).in("sim/west/*")));
        controller.run(Duration.ofHours(1));

        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .allMatch(replica -> replica.offer().location().region().equals("east"));
        assertThat(summary(controller).notes())
                .anySatisfy(note -> assertThat(note).contains("stopped"));
    }

    @Test
    void triesAStoppedEditAgainOnceAnythingInItIsCorrected() {
        Declared first = CHAT.wants(2);
        var controller = serving(first);
        String good = replica(controller, "chat-1").version();
        controller.healthyIf(replica -> replica.version().equals(good));
        Declared broken = first.running("v2").initialDelay(Duration.ofMinutes(1));
        controller.declare(Declared.all(broken));
        controller.run(Duration.ofHours(1));
        assertThat(controller.replicas(Lifecycle.READY))
                .allMatch(replica -> replica.version().equals(good));

        controller.healthyIf(_ -> true);
        controller.declare(Declared.all(broken.initialDelay(Duration.ofMinutes(2))));
        controller.run(A_WHILE);

        assertThat(controller.replicas(Lifecycle.READY))
                .hasSize(2)
                .noneMatch(replica -> replica.version().equals(good));
    }

    @Test
    void countsAttemptsUpAndGivesUpHopeOfAServiceThatNeverWorked() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(2)));
        controller.dieAfter(SIX_SECONDS, _ -> true);

        controller.run(Duration.ofHours(1));

        assertThat(controller.replicas())
                .anySatisfy(replica -> assertThat(replica.failures()).isGreaterThanOrEqualTo(5));
        assertThat(cloud.ledger().rentals()).hasSizeLessThan(30);
        assertThat(summary(controller).hopeless())
                .singleElement()
                .asString()
                .contains("in a row")
                .contains("exit status 1");
    }

    @Test
    void hasHopeAgainOnceAServiceThatNeverWorkedDoes() {
        var controller = new VirtualController(cloud, Declared.all(CHAT.wants(3)));
        boolean[] dies = {true};
        controller.dieAfter(SIX_SECONDS, _ -> dies[0]);
        controller.run(Duration.ofHours(1));

        dies[0] = false;
        controller.run(Duration.ofMinutes(30));

        assertThat(ready(controller)).hasSize(3);
        assertThat(summary(controller).hopeless()).isEmpty();
        assertThat(controller.live()).allMatch(replica -> replica.failures() == 0);
    }

    @Test
    void replacesNothingUntilTheNewReplicaHasStayedHealthyForMinHealthy() {
        var controller = serving(CHAT);
        String old = replica(controller, "chat-1").version();

        controller.declare(Declared.all(CHAT.running("v2")));
        controller.run(Duration.ofSeconds(45));
        while (controller.replicas(Lifecycle.READY).size() < 2) {
            controller.run(Duration.ofSeconds(1));
        }
        controller.run(Duration.ofSeconds(8));
        assertThat(controller.replicas(Lifecycle.READY))
                .anyMatch(replica -> replica.version().equals(old));

        controller.run(Duration.ofSeconds(3));
        assertThat(controller.replicas(Lifecycle.READY))
                .noneMatch(replica -> replica.version().equals(old));
    }

    private static Predicate<ReplicaRecord> other(String version) {
        return replica -> !replica.version().equals(version);
    }

    private static ReplicaRecord ready(VirtualController controller, String version) {
        return controller.replicas(Lifecycle.READY).stream()
                .filter(replica -> replica.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    private static Plan.WorkloadSummary summary(VirtualController controller) {
        return controller.lastStep().plan().services().getFirst();
    }
}
