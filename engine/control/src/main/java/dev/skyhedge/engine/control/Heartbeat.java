package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.StateProblem;
import dev.skyhedge.state.store.LeaseTerms;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the lease alive, and says so when it is lost or has not been confirmed for too long. One thread asks the
/// store, which may not answer; another one looks at the time, which goes on while the first one waits. Thread-safe.
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final StateStore store;
    private final Lease lease;
    private final Consumer<Ending> whenLost;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long confirmedNanos;
    private volatile Optional<StateProblem> lastProblem = Optional.empty();

    Heartbeat(StateStore store, Lease lease, Consumer<Ending> whenLost, LongSupplier nanoTime) {
        this.store = store;
        this.lease = lease;
        this.whenLost = whenLost;
        this.nanoTime = nanoTime;
        this.confirmedNanos = nanoTime.getAsLong();
    }

    /// Begins, right after the lease was granted.
    ///
    /// @param whenLost told at most once by each of two threads that nothing may be done any more, and why
    public static Heartbeat start(StateStore store, Lease lease, Consumer<Ending> whenLost) {
        var heartbeat = new Heartbeat(store, lease, whenLost, System::nanoTime);
        Thread.ofVirtual().name("heartbeat").start(heartbeat::beat);
        Thread.ofVirtual().name("heartbeat-age").start(heartbeat::look);
        return heartbeat;
    }

    /// Whether nobody else can have the lease yet. False in a process that was stopped for a while and has just
    /// woken up: what it was about to do it must not do any more.
    public boolean isFresh() {
        return nanoTime.getAsLong() - confirmedNanos <= LeaseTerms.UNCONFIRMED.toNanos();
    }

    private void beat() {
        try {
            while (!closed.await(LeaseTerms.HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS) && prolong()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false once it is lost
    boolean prolong() {
        long asked = nanoTime.getAsLong();
        try {
            if (!store.heartbeat(lease)) {
                whenLost.accept(new Ending.Fenced(Optional.empty()));
                return false;
            }
            confirmedNanos = asked;
            lastProblem = Optional.empty();
        } catch (StateException e) {
            failed(e.problem());
        } catch (RuntimeException bug) {
            LOG.error("The lease could not be prolonged, in a way that should not be", bug);
            failed(new StateProblem(StateProblem.Kind.UNREACHABLE, "State cannot be reached", bug.toString()));
        }
        return true;
    }

    private void failed(StateProblem problem) {
        if (lastProblem.isEmpty()) {
            LOG.info("The lease could not be prolonged: {}: {}", problem.summary(), problem.detail());
        }
        lastProblem = Optional.of(problem);
    }

    private void look() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!isFresh()) {
                    whenLost.accept(unconfirmed());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Why a lease that is not fresh must not be used.
    Ending unconfirmed() {
        return new Ending.NotSaved(lastProblem.orElseGet(() -> new StateProblem(
                StateProblem.Kind.UNREACHABLE,
                "State cannot be reached",
                store.location() + " has not confirmed the lease for " + Durations.text(LeaseTerms.UNCONFIRMED)
                        + ".")));
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
