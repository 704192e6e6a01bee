package dev.skyhedge.balancer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/// Ends what still runs on a replica that the routing table takes away: at its drain time, or a grace after its
/// removal. Without this a machine that vanished without a word would keep its requests until the idle timeout.
///
/// Called with every new table, one at a time.
final class Departures {
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Duration removalGrace;
    private final Map<Replica, Departure> pending = new HashMap<>();

    /// @param by when everything on the replica is cut
    private record Departure(Instant by, Scheduler.Task task) {}

    Departures(Scheduler scheduler, InstantSource clock, Duration removalGrace) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.removalGrace = removalGrace;
    }

    /// A table names the replica.
    synchronized void routed(Replica replica) {
        Target target = replica.target();
        if (target.state() == Target.State.READY) {
            cancel(replica);
            replica.running.open();
        } else if (target.drainBy().isPresent()) {
            schedule(replica, target.drainBy().get());
        } else {
            cancel(replica);
        }
    }

    /// The newest table does not name it any more. An earlier drain time stays in force.
    synchronized void removed(Replica replica) {
        Instant graceEnds = clock.instant().plus(removalGrace);
        Departure departure = pending.get(replica);
        if (departure == null || departure.by.isAfter(graceEnds)) {
            schedule(replica, graceEnds);
        }
    }

    private void schedule(Replica replica, Instant by) {
        Departure departure = pending.get(replica);
        if (departure != null && departure.by.equals(by)) {
            return;
        }
        cancel(replica);
        long millis = Math.max(0, Duration.between(clock.instant(), by).toMillis());
        Scheduler.Task task = scheduler.schedule(() -> due(replica, by), millis, TimeUnit.MILLISECONDS);
        pending.put(replica, new Departure(by, task));
    }

    private void due(Replica replica, Instant by) {
        synchronized (this) {
            Departure departure = pending.get(replica);
            if (departure == null || !departure.by.equals(by)) {
                return; // it was taken back or got more time in this moment
            }
            pending.remove(replica);
        }
        replica.running.cut();
    }

    private void cancel(Replica replica) {
        Departure departure = pending.remove(replica);
        if (departure != null) {
            departure.task.cancel();
        }
    }
}
