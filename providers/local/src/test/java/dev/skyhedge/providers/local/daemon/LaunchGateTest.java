package dev.skyhedge.providers.local.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LaunchGateTest {
    private final LaunchGate gate = new LaunchGate();

    @Test
    void refusesLaunchesOnceItIsClosed() {
        assertThat(gate.closeUnless(() -> false)).isTrue();

        assertThat(gate.<String>pass(() -> "launched", () -> "refused")).isEqualTo("refused");
    }

    @Test
    void staysOpenWhileSomethingRuns() {
        assertThat(gate.closeUnless(() -> true)).isFalse();

        assertThat(gate.<String>pass(() -> "launched", () -> "refused")).isEqualTo("launched");
    }

    @Test
    void isClosedOnce() {
        gate.closeUnless(() -> false);

        assertThat(gate.closeUnless(() -> false)).isFalse();
    }

    @Test
    void seesTheLaunchThatWasUnderWayWhenItWasToBeClosed() throws InterruptedException {
        var runs = new AtomicBoolean();
        var closed = new AtomicBoolean();
        Thread closing = Thread.ofPlatform().unstarted(() -> closed.set(gate.closeUnless(runs::get)));

        String launch = gate.pass(
                () -> {
                    closing.start();
                    // It waits for this launch, or, if it does not, has ended.
                    while (closing.getState() != Thread.State.WAITING && closing.isAlive()) {
                        Thread.onSpinWait();
                    }
                    runs.set(true);
                    return "launched";
                },
                () -> "refused");
        closing.join();

        assertThat(launch).isEqualTo("launched");
        assertThat(closed).isFalse();
    }
}
