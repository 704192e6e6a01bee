package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a user asks for beyond the spec, in a running service.
class PlanOptionsTest extends RunningServices {
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
}
