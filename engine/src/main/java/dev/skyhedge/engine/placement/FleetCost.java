package dev.skyhedge.engine.placement;

import java.util.List;

/// What a distribution of replicas over pools is expected to cost in an hour, shortages included, in units of the
/// usual spot price.
///
/// A loss that spares cannot cover makes the service short for about a cold start. Such an event costs a part for
/// happening at all and a part for each missing replica; if nothing is left, much more.
final class FleetCost {
    /// What being short of one replica once is worth, for a service that is to be available 99.9 % of the time:
    /// as much as four hours of a spot replica.
    private static final double WORTH_OF_EVENT = 2.7;

    private static final double WORTH_OF_REPLICA = 1.35;

    /// What having none left is worth on top, in the same unit, where spot can be spread to avoid it.
    static final double OUTAGE_BY_CHOICE = 8;

    /// The same where only on-demand can avoid it.
    static final double OUTAGE_BY_NEED = 2.5;

    /// The share of losses that hit other pools of the region within a cold start, too.
    private static final double SHARED_BY_REGION = 0.05;

    /// The same where it would take the last ones.
    private static final double OUTAGE_BY_REGION = 0.14;

    private final List<Pool> pools;
    private final int wanted;
    private final double worth;
    private final double partialShare;
    private final double onDemandPrice;
    private final int[] regions;
    private final int regionCount;

    /// @param worth how much shortages weigh, 1 for the usual service
    FleetCost(Pools pools, int wanted, double worth) {
        this.pools = pools.list();
        this.wanted = wanted;
        this.worth = worth;
        this.partialShare = pools.partialShare();
        this.onDemandPrice = pools.onDemandPrice();
        List<String> names = this.pools.stream().map(Pool::region).distinct().toList();
        this.regions = this.pools.stream()
                .mapToInt(pool -> names.indexOf(pool.region()))
                .toArray();
        this.regionCount = names.size();
    }

    /// @param counts replicas by pool
    /// @param onDemand on-demand ones beside them; they are never lost
    /// @param outage [#OUTAGE_BY_CHOICE] or [#OUTAGE_BY_NEED]
    double perHour(int[] counts, int onDemand, double outage) {
        int total = onDemand;
        for (int count : counts) {
            total += count;
        }
        double cost = onDemand == 0 ? 0 : onDemandPrice * onDemand;
        int[] inRegion = new int[regionCount];
        int[] poolsInRegion = new int[regionCount];
        double[] riskInRegion = new double[regionCount];
        for (int i = 0; i < counts.length; i++) {
            int count = counts[i];
            if (count == 0) {
                continue;
            }
            Pool pool = pools.get(i);
            double partial = count > 1 ? partialShare : 0;
            cost += pool.price() * count
                    + pool.lossesPerHour()
                            * ((1 - partial) * event(count, total, outage) + partial * event(1, total, outage));
            inRegion[regions[i]] += count;
            poolsInRegion[regions[i]]++;
            riskInRegion[regions[i]] += pool.lossesPerHour();
        }
        for (int region = 0; region < regionCount; region++) {
            if (poolsInRegion[region] > 1) {
                double risk = riskInRegion[region] / poolsInRegion[region];
                cost += SHARED_BY_REGION * risk * event(inRegion[region], total, outage);
                if (regionCount > 1 && inRegion[region] == total) {
                    cost += OUTAGE_BY_REGION * risk * worth * outage;
                }
            }
        }
        return cost;
    }

    private double event(int lost, int total, double outage) {
        int missing = lost - Math.max(0, total - wanted);
        double cost = missing > 0 ? WORTH_OF_EVENT + WORTH_OF_REPLICA * missing : 0;
        return worth * (lost >= total && wanted > 1 ? cost + outage : cost);
    }
}
