package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.ReplicaRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Adds up what a planned service costs an hour.
final class Costs {
    private Costs() {}

    /// @param kept replicas that stay
    /// @param actions the launches among these are added
    /// @param onDemandSettled on-demand replicas that stay once spot is ready
    /// @param offers what is permitted, for the yardstick
    static Plan.Cost of(
            List<ReplicaRecord> kept, List<Action> actions, int wanted, int onDemandSettled, List<Offer> offers) {
        List<Offer> rented = new ArrayList<>();
        kept.forEach(replica -> rented.add(replica.offer()));
        for (Action action : actions) {
            if (Action.now(action) instanceof Action.Launch launch) {
                rented.add(launch.offer());
            }
        }
        HourlyPrice now = sum(rented);
        HourlyPrice spot = sum(in(rented, Market.SPOT));
        HourlyPrice base = sum(in(rented, Market.ON_DEMAND).stream()
                .sorted(Comparator.comparing(Offer::price))
                .limit(onDemandSettled)
                .toList());
        HourlyPrice yardstick = in(offers, Market.ON_DEMAND).stream()
                .map(Offer::price)
                .min(Comparator.naturalOrder())
                .orElse(HourlyPrice.ZERO)
                .times(wanted);
        return new Plan.Cost(now, spot.plus(base), yardstick);
    }

    private static List<Offer> in(List<Offer> offers, Market market) {
        return offers.stream().filter(offer -> offer.market() == market).toList();
    }

    private static HourlyPrice sum(List<Offer> offers) {
        return offers.stream().map(Offer::price).reduce(HourlyPrice.ZERO, HourlyPrice::plus);
    }
}
