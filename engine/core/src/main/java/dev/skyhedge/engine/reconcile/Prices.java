package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is rented costs what its cloud takes for it now, not what it took on the day of its launch: records and
/// running accounts follow the offers.
final class Prices {
    private record Kind(String instanceType, Accelerator accelerator, Location location, Market market) {
        static Kind of(Offer offer) {
            return new Kind(offer.instanceType(), offer.accelerator(), offer.location(), offer.market());
        }
    }

    private Prices() {}

    /// Takes over the prices of these offers. What they do not name keeps the price that was last seen.
    static void follow(Draft draft, List<Offer> offers) {
        Map<Kind, HourlyPrice> prices = new HashMap<>();
        offers.forEach(offer -> prices.put(Kind.of(offer), offer.price()));
        for (ReplicaRecord replica : draft.model().replicas()) {
            HourlyPrice now = prices.get(Kind.of(replica.offer()));
            // What is only asked for has no price yet but the one that was offered for it.
            if (now == null
                    || replica.instanceId().isEmpty()
                    || !replica.lifecycle().isLive()) {
                continue;
            }
            if (!now.equals(replica.offer().price())) {
                draft.change(new Change.PutReplica(replica.at(now)));
            }
            Accounts.repriced(draft, replica, now);
        }
    }
}
