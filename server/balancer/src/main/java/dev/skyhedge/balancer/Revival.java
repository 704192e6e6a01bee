package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.BreakerState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;

/// Notices quickly, while requests wait, that an ejected replica accepts connections again: opens one now and
/// then and gives it to the trial. A connection costs nobody anything, so it need not wait for the breaker's
/// back-off, which is there to spare requests. Thread-safe.
final class Revival {
    private static final long PERIOD_MILLIS = 50;
    private static final int MAX_PROBES = 32;

    private final Upstreams upstreams;
    private final Scheduler scheduler;
    private final BooleanSupplier waiting;
    private final Runnable release;
    private final BiConsumer<Replica, Throwable> unreachable;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Iterable<Replica> replicas = List.of();

    /// @param waiting whether a request waits; nothing is probed otherwise
    /// @param release gives waiting requests to replicas that take them
    /// @param unreachable told what a connection failed of
    Revival(
            Upstreams upstreams,
            Scheduler scheduler,
            BooleanSupplier waiting,
            Runnable release,
            BiConsumer<Replica, Throwable> unreachable) {
        this.upstreams = upstreams;
        this.scheduler = scheduler;
        this.waiting = waiting;
        this.release = release;
        this.unreachable = unreachable;
    }

    /// The replicas of a new table.
    void watch(Iterable<Replica> routed) {
        replicas = routed;
    }

    /// A request waits.
    void begin() {
        if (running.compareAndSet(false, true)) {
            next();
        }
    }

    private void next() {
        scheduler.schedule(this::round, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void round() {
        if (!waiting.getAsBoolean()) {
            running.set(false);
            if (waiting.getAsBoolean()) { // held in this moment, by somebody who still saw us running
                begin();
            }
            return;
        }
        int probes = 0;
        for (Replica replica : replicas) {
            if (probes < MAX_PROBES && replica.takesRequests() && replica.breaker.state() == BreakerState.OPEN) {
                probes++;
                probe(replica);
            }
        }
        release.run();
        next();
    }

    /// Opens a connection to see whether it is accepted.
    void probe(Replica replica) {
        if (replica.probing.compareAndSet(false, true)) {
            upstreams.connect(replica, new Probe(replica));
        }
    }

    private final class Probe implements Promise<Connection> {
        private final Replica replica;

        Probe(Replica replica) {
            this.replica = replica;
        }

        @Override
        public void succeeded(Connection connection) {
            replica.probing.set(false);
            replica.idle.give(connection);
            replica.breaker.offerTrial(System.nanoTime());
            release.run();
        }

        @Override
        public void failed(Throwable cause) {
            replica.probing.set(false);
            unreachable.accept(replica, cause);
        }
    }
}
