package dev.skyhedge.providers.cloud.fake;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The time that a simulated answer is on its way, in wall time.
public final class Latency {
    private Latency() {}

    /// Returns when this much time has passed, or at once if the thread is interrupted.
    public static void pass(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
