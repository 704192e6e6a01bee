package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.Lease;
import dev.skyhedge.state.StateException;
import dev.skyhedge.state.StateStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the lease alive, and says so when it is lost or has not been confirmed for too long.
final class Heartbeat implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    /// Well below the time after which somebody else may take the lease.
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final StateStore store;
    private final Lease lease;
    private final Consumer<Ending> whenLost;
    private final CountDownLatch closed = new CountDownLatch(1);

    Heartbeat(StateStore store, Lease lease, Consumer<Ending> whenLost) {
        this.store = store;
        this.lease = lease;
        this.whenLost = whenLost;
    }

    @Override
    public void run() {
        long confirmedNanos = System.nanoTime();
        try {
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (!store.heartbeat(lease)) {
                        whenLost.accept(new Ending.Fenced(Optional.empty()));
                        return;
                    }
                    confirmedNanos = System.nanoTime();
                } catch (StateException e) {
                    LOG.warn("The lease could not be prolonged", e);
                    if (System.nanoTime() - confirmedNanos > LIMIT.toNanos()) {
                        whenLost.accept(new Ending.NotSaved(e.problem()));
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
