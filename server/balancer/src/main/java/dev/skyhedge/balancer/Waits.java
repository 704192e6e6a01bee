package dev.skyhedge.balancer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// All that one request waits for a replica, held or postponed: one limit for the whole of it. Used by one step of
/// the request at a time; [#cancel()] may come at any moment.
final class Waits {
    private final Scheduler scheduler;
    private final Runnable onExpiry;
    private long leftNanos;
    private long since;
    private volatile Scheduler.@Nullable Task deadline;

    /// @param limit of all waits together
    /// @param onExpiry run when the limit is reached in the middle of a wait
    Waits(Scheduler scheduler, Duration limit, Runnable onExpiry) {
        this.scheduler = scheduler;
        this.onExpiry = onExpiry;
        this.leftNanos = limit.toNanos();
    }

    /// False if it has waited as long as it may.
    boolean begin() {
        if (leftNanos <= 0) {
            return false;
        }
        since = System.nanoTime();
        deadline = scheduler.schedule(onExpiry, leftNanos, TimeUnit.NANOSECONDS);
        return true;
    }

    /// Ends a wait.
    ///
    /// @return nanoseconds that it took
    long end() {
        long waited = System.nanoTime() - since;
        leftNanos -= waited;
        cancel();
        return waited;
    }

    /// Nothing more will happen.
    void cancel() {
        Scheduler.Task task = deadline;
        if (task != null) {
            task.cancel();
        }
    }
}
