package dev.skyhedge.providers.local.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    void seesTheLaunchThatWasUnderWayWhenItWasToBeClosed() {
        var launching = new CountDownLatch(1);
        var looked = new CompletableFuture<Boolean>();
        var runs = new AtomicBoolean();
        CompletableFuture<String> launch = CompletableFuture.supplyAsync(() -> gate.pass(
                () -> {
                    launching.countDown();
                    // Whoever closes does not look before this is through.
                    looked.completeOnTimeout(false, 200, TimeUnit.MILLISECONDS).join();
                    runs.set(true);
                    return "launched";
                },
                () -> "refused"));

        assertThat(awaited(launching)).isTrue();
        boolean closed = gate.closeUnless(() -> {
            looked.complete(true);
            return runs.get();
        });

        assertThat(closed).isFalse();
        assertThat(launch.join()).isEqualTo("launched");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
