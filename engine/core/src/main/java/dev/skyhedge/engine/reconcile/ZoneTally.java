package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.HashMap;
import java.util.Map;

/// How many replicas, of any service, each zone keeps for us. Counted as they come and go: every launch and
/// every loss asks, and there may be thousands.
final class ZoneTally {
    private final Map<Zone, Integer> kept = new HashMap<>();

    private record Zone(Location location, Accelerator accelerator, Market market) {
        static Zone of(Offer offer) {
            return new Zone(offer.location(), offer.accelerator(), offer.market());
        }
    }

    void add(ReplicaRecord replica) {
        if (isKept(replica)) {
            kept.merge(Zone.of(replica.offer()), 1, Integer::sum);
        }
    }

    void remove(ReplicaRecord replica) {
        if (isKept(replica)) {
            kept.merge(Zone.of(replica.offer()), -1, Integer::sum);
        }
    }

    /// How many there are where the offer is.
    int count(Offer offer) {
        return kept.getOrDefault(Zone.of(offer), 0);
    }

    /// Whether the replica is one of those.
    boolean counts(ReplicaRecord replica, Offer offer) {
        return isKept(replica) && Zone.of(replica.offer()).equals(Zone.of(offer));
    }

    private static boolean isKept(ReplicaRecord replica) {
        return replica.lifecycle().isLive()
                && replica.lifecycle() != Lifecycle.REQUESTED
                && replica.endsAs() != Lifecycle.PREEMPTED
                && replica.preemptionAt().isEmpty();
    }
}
