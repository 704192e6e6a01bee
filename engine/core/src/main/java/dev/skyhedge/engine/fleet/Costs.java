package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Adds up what a planned workload costs an hour.
public final class Costs {
    private Costs() {}

    /// @param kept replicas that stay
    /// @param actions the launches among these are added
    /// @param onDemandSettled on-demand replicas that stay once spot is ready
    /// @param offers what is permitted, for the yardstick
    public static Plan.Cost of(
            List<ReplicaRecord> kept, List<Action> actions, int wanted, int onDemandSettled, List<Offer> offers) {
        HourlyPrice now = HourlyPrice.ZERO;
        HourlyPrice spot = HourlyPrice.ZERO;
        List<HourlyPrice> onDemand = new ArrayList<>();
        for (Offer offer : rented(kept, actions)) {
            now = now.plus(offer.price());
            if (offer.market() == Market.SPOT) {
                spot = spot.plus(offer.price());
            } else {
                onDemand.add(offer.price());
            }
        }
        HourlyPrice base =
                onDemand.stream().sorted().limit(onDemandSettled).reduce(HourlyPrice.ZERO, HourlyPrice::plus);
        HourlyPrice yardstick = offers.stream()
                .filter(offer -> offer.market() == Market.ON_DEMAND)
                .map(Offer::price)
                .min(Comparator.naturalOrder())
                .orElse(HourlyPrice.ZERO)
                .times(wanted);
        return new Plan.Cost(now, spot.plus(base), yardstick);
    }

    private static List<Offer> rented(List<ReplicaRecord> kept, List<Action> actions) {
        List<Offer> rented = new ArrayList<>(kept.size());
        kept.forEach(replica -> rented.add(replica.offer()));
        for (Action action : actions) {
            if (Action.now(action) instanceof Action.Launch launch) {
                rented.add(launch.offer());
            }
        }
        return rented;
    }
}
