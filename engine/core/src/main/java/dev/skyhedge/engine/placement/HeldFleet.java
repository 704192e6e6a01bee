package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.ArrayList;
import java.util.List;

/// What is there already of what is to be placed.
///
/// @param replicas those of the version being placed that serve or are on their way to
/// @param readySpot how many spot replicas of any version serve
/// @param spotDelayed missing spot replicas that must not be launched yet, because they failed lately
/// @param onDemandDelayed the same for on-demand
public record HeldFleet(List<HeldReplica> replicas, int readySpot, int spotDelayed, int onDemandDelayed) {
    /// Nothing is there.
    public static final HeldFleet NONE = new HeldFleet(List.of(), 0, 0, 0);

    public HeldFleet {
        replicas = List.copyOf(replicas);
    }

    /// How many of them are rented in a market.
    int count(Market market) {
        int count = 0;
        for (HeldReplica replica : replicas) {
            count += replica.offer().market() == market ? 1 : 0;
        }
        return count;
    }

    /// What those are rented as that are in a market.
    List<Offer> offers(Market market) {
        List<Offer> offers = new ArrayList<>(replicas.size());
        for (HeldReplica replica : replicas) {
            if (replica.offer().market() == market) {
                offers.add(replica.offer());
            }
        }
        return offers;
    }

    /// Missing replicas of a market that must not be launched yet.
    int delayed(Market market) {
        return switch (market) {
            case SPOT -> spotDelayed;
            case ON_DEMAND -> onDemandDelayed;
        };
    }
}
