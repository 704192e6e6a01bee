package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.HeldReplica.Phase;
import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many on-demand replicas stand in for spot.
///
/// One stands in for each wanted replica that is neither ready nor on its way on spot as early. A few more
/// stand by while what is held is so likely to be lost at once that they are worth their price. None stands in
/// for a spare.
final class StandIns {
    /// Standing by begins only if it is worth this much more than its price.
    private static final double WORTH_A_START = 0.3;

    /// A replica on its way in a pool riskier than this, in losses per hour and on-demand price, is not relied
    /// on.
    private static final double RELIABLE_LOSSES_PER_HOUR = 0.55;

    /// A replica that takes longer than so many cold starts is not relied on.
    private static final int LATE_AFTER_COLD_STARTS = 3;

    /// At most so many stand by.
    private static final int MAX_STANDING_BY = 32;

    private final PlacementRequest request;
    private final Pools pools;
    private final FleetCost cost;
    private final int wanted;
    private final int base;
    private final SpotAccount account;

    /// @param wanted replicas wanted without those that are always on-demand
    /// @param base replicas that are always on-demand
    StandIns(PlacementRequest request, Pools pools, FleetCost cost, int wanted, int base, SpotAccount account) {
        this.request = request;
        this.pools = pools;
        this.cost = cost;
        this.wanted = wanted;
        this.base = base;
        this.account = account;
    }

    /// @param standing how many are wanted now
    /// @param standingBy those of them that stand in for nothing yet
    /// @param reason why one is started now
    record Demand(int standing, int standingBy, String reason) {}

    /// @param staying spot replicas by pool that are there and stay
    Demand demand(int[] staying) {
        int there = 0;
        for (int count : staying) {
            there += count;
        }
        int ready = request.held().readySpot();
        int standInsFor = Math.max(0, request.standInsFor() - base);
        int standBy = there == 0 || standInsFor < wanted ? 0 : standBy(staying, Math.max(0, wanted - there));
        int needed = Math.max(
                Math.min(wanted, standInsFor) - ready,
                standBy == 0 ? 0 : Math.min(affordable(staying), Math.max(wanted, there) + standBy - ready));
        int standing = 0;
        List<HeldReplica> present = present();
        List<Instant> onTheirWay = onTheirWay();
        for (HeldReplica standIn : present) {
            if (needed - standing - arrivedBefore(standIn, onTheirWay) > 0) {
                standing++;
            }
        }
        standing = Math.max(0, Math.max(standing, needed - onTheirWay.size()));
        return new Demand(
                standing,
                Math.max(0, standing - Math.max(0, wanted - ready)),
                standBy > 0 && ready >= wanted
                        ? "stands by: what is held on spot may be lost at once"
                        : "stands in until spot is ready");
    }

    /// How many may stand in and by in all, so that they and spot do not cost more than all on-demand.
    private int affordable(int[] staying) {
        return account.affordsHaste() ? wanted + MAX_STANDING_BY : cost.affordableOnDemand(staying);
    }

    /// How many beyond the wanted number are worth it.
    private int standBy(int[] staying, int missing) {
        int present = Math.max(0, request.held().count(Market.ON_DEMAND) - base);
        int best = 0;
        double lowest = cost.perHour(staying, missing, FleetCost.OUTAGE_BY_NEED);
        int most = mayAskForMore() ? wanted : Math.min(wanted, present - missing);
        most = Math.min(most, affordable(staying) - missing);
        for (int more = 1; more <= Math.min(most, MAX_STANDING_BY); more++) {
            double after = cost.perHour(staying, missing + more, FleetCost.OUTAGE_BY_NEED);
            double start = missing + more > present ? WORTH_A_START : 0;
            if (after + start < lowest) {
                lowest = after + start;
                best = more;
            }
        }
        return best;
    }

    /// Standing by is a luxury: it does not take the last place that a quota is known to leave.
    private boolean mayAskForMore() {
        return request.offers().stream()
                .anyMatch(offer ->
                        offer.market() == Market.ON_DEMAND && request.closures().isOpenToLuxuries(offer));
    }

    /// Those that stand in now, the earliest first.
    private List<HeldReplica> present() {
        return request.held().replicas().stream()
                .filter(replica -> replica.offer().market() == Market.ON_DEMAND)
                .sorted(Comparator.comparing((HeldReplica replica) -> replica.phase() == Phase.READY ? 0 : 1)
                        .thenComparing(HeldReplica::requestedAt))
                .skip(base)
                .toList();
    }

    /// When the spot replicas that are on their way, and can be relied on, were requested, the earliest first.
    private List<Instant> onTheirWay() {
        Map<Pool.Key, Pool> byKey = new HashMap<>();
        pools.list().forEach(pool -> byKey.put(pool.key(), pool));
        Duration late = request.coldStart().multipliedBy(LATE_AFTER_COLD_STARTS);
        List<Instant> instants = new ArrayList<>();
        for (HeldReplica replica : request.held().replicas()) {
            Pool pool = byKey.get(Pool.key(replica.offer()));
            if (replica.offer().market() == Market.SPOT
                    && replica.phase() == Phase.STARTING
                    && pool != null
                    && pool.lossesPerHour() < RELIABLE_LOSSES_PER_HOUR * pools.onDemandPrice()
                    && replica.requestedAt().plus(late).isAfter(request.now())) {
                instants.add(replica.requestedAt());
            }
        }
        instants.sort(Comparator.naturalOrder());
        return instants;
    }

    /// How many of the replicas on their way will be ready no later than the stand-in is.
    private static int arrivedBefore(HeldReplica standIn, List<Instant> onTheirWay) {
        if (standIn.phase() == Phase.READY) {
            return 0;
        }
        int earlier = 0;
        int later = onTheirWay.size();
        while (earlier < later) {
            int middle = (earlier + later) >>> 1;
            if (onTheirWay.get(middle).isAfter(standIn.requestedAt())) {
                later = middle;
            } else {
                earlier = middle + 1;
            }
        }
        return earlier;
    }
}
