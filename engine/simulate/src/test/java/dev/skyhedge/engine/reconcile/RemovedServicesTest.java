package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Services that the spec does not declare any more, and what protects them.
class RemovedServicesTest extends RunningServices {
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
}
