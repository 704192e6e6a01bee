package dev.skyhedge.providers.cloud.fake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Does something again and again beside whatever else a process does, until it is closed. A step that fails is
/// told on the error stream, and the next one is tried all the same.
public final class Repetition implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    private Repetition() {}

    /// Something that is done again and again.
    @FunctionalInterface
    public interface Step {
        void take() throws Exception;
    }

    /// Begins at once.
    ///
    /// @param period from the end of one step to the next
    public static Repetition every(Duration period, Step step) {
        Repetition repetition = new Repetition();
        var unused = repetition.timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        step.take();
                    } catch (Exception e) {
                        System.err.println("A step failed: " + e);
                    }
                },
                0,
                period.toMillis(),
                TimeUnit.MILLISECONDS);
        return repetition;
    }

    /// Returns when the process is asked to end.
    public static void awaitEndOfProcess() throws InterruptedException {
        CountDownLatch ending = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::countDown));
        ending.await();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
