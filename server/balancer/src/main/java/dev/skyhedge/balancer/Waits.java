package dev.skyhedge.balancer;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// All that one request waits for a replica, held or postponed: one limit for the whole of it, and another one for
/// waits at replicas that are full. Used by one step of the request at a time; [#cancel()] may come at any moment.
final class Waits {
    private final Scheduler scheduler;
    private final Runnable onExpiry;
    private final long[] leftNanos = new long[Lack.values().length];
    private volatile Lack lack = Lack.NOT_READY;
    private long since;
    private volatile Scheduler.@Nullable Task deadline;

    /// What a request waits for.
    enum Lack {
        /// No replica serves: a cold start, an outage, or one that just failed.
        NOT_READY,
        /// All that serve have as many requests as they are given.
        FULL
    }

    /// @param onExpiry run when a limit is reached in the middle of a wait
    Waits(Scheduler scheduler, BalancerSettings.Hold limits, Runnable onExpiry) {
        this.scheduler = scheduler;
        this.onExpiry = onExpiry;
        leftNanos[Lack.NOT_READY.ordinal()] = limits.timeout().toNanos();
        leftNanos[Lack.FULL.ordinal()] = limits.saturated().toNanos();
    }

    /// False if it has waited for that as long as it may.
    boolean begin(Lack next) {
        lack = next;
        long left = leftNanos[next.ordinal()];
        if (left <= 0) {
            return false;
        }
        since = System.nanoTime();
        deadline = scheduler.schedule(onExpiry, left, TimeUnit.NANOSECONDS);
        return true;
    }

    /// What it waits for, or has waited for last.
    Lack lack() {
        return lack;
    }

    /// Ends a wait.
    ///
    /// @return nanoseconds that it took
    long end() {
        long waited = System.nanoTime() - since;
        leftNanos[lack.ordinal()] -= waited;
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
