package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Ejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The replicas that are ejected for their errors: judges each failure among the peers, tells who is out, and finds
/// who may come back. Apart from the breaker's ejections, which need no judge: a replica that cannot be reached is
/// out by itself and back with its first answer.
///
/// Thread-safe. The route's own lock makes judging one failure at a time; the set guards itself.
final class Ejections {
    private final RouteInUse route;
    private final Signals signals;
    private final Set<Replica> ejected = ConcurrentHashMap.newKeySet();

    Ejections(RouteInUse route, Signals signals) {
        this.route = route;
        this.signals = signals;
    }

    /// A request failed at these, and it was not the request.
    void blame(List<Replica> atFault) {
        Route current = route.get();
        if (current != null && !atFault.isEmpty()) {
            long now = System.nanoTime();
            current.blame(atFault, now).ifPresent(replica -> standsOut(replica, current, now));
        }
    }

    private void standsOut(Replica replica, Route current, long now) {
        replica.ejected(Ejection.ERROR_SHARE);
        ejected.add(replica);
        signals.send(new Signal.ReplicaEjected(
                route.service(),
                replica.key.replica(),
                replica.key.generation(),
                replica.standing.shareWhenEjected(),
                current.peersOf(replica, now).share(),
                Duration.ofNanos(replica.standing.nanosUntilReturn(now))));
    }

    /// Ends ejections that have lasted long enough, or whose peers fail alike by now. To be called now and then.
    ///
    /// @return those that take requests again
    List<Replica> review(long now) {
        Route current = route.get();
        if (current == null || ejected.isEmpty()) {
            return List.of();
        }
        current.exonerate(now);
        var back = new ArrayList<Replica>();
        for (Replica replica : List.copyOf(ejected)) {
            if (!replica.isRouted()) {
                ejected.remove(replica);
            } else if (!replica.standing.isEjected(now)) {
                ejected.remove(replica);
                back.add(replica);
            }
        }
        return back;
    }
}
