package dev.skyhedge.balancer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a balancer, for which requests under way are waited for. Thread-safe.
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final long POLL_MILLIS = 10;
    /// What closing takes beyond the wait.
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final long origin = System.nanoTime();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong deadline = new AtomicLong(Long.MAX_VALUE);
    private final CountDownLatch ended = new CountDownLatch(1);

    /// The shortest limit counts, whoever gave it.
    ///
    /// @return true for the first caller, who drains; any other one gets false once that is done
    boolean begin(Duration limit) {
        long mine = elapsed() + limit.toNanos();
        deadline.accumulateAndGet(mine, Math::min);
        if (begun.compareAndSet(false, true)) {
            return true;
        }
        try {
            if (!ended.await(limit.plus(CLOSING).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a balancer that another thread stops is still open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// Waits until nothing runs, for no longer than the limit.
    void await(BooleanSupplier idle) throws InterruptedException {
        while (!idle.getAsBoolean() && elapsed() < deadline.get()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    void ended() {
        ended.countDown();
    }

    private long elapsed() {
        return System.nanoTime() - origin;
    }
}
