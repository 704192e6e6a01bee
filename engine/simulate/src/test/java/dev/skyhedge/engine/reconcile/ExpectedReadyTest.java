package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.fleet.ColdStart;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What clients that wait for a cold start can be told.
class ExpectedReadyTest extends RunningServices {
    @Test
    void whileReplicasStartTheFirstIsExpectedAColdStartAfterItsLaunch() {
        Declared slow = CHAT.wants(2).initialDelay(Duration.ofMinutes(5));
        var controller = new VirtualController(cloud, Declared.all(slow));
        controller.startsIn(Duration.ofMinutes(4));

        controller.run(Duration.ofMinutes(1));

        ReplicaRecord first = replica(controller, "chat-1");
        assertThat(controller.reconciler().routes("chat").expectedReadyAt())
                .contains(first.requestedAt().plus(ColdStart.ASSUMED));
    }

    @Test
    void whenAllServeNoneIsExpected() {
        var controller = serving(CHAT.wants(2));

        assertThat(controller.reconciler().routes("chat").expectedReadyAt()).isEmpty();
    }
}
