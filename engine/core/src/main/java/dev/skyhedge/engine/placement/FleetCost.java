package dev.skyhedge.engine.placement;

import java.util.List;
import java.util.OptionalDouble;

/// What a distribution of replicas over pools is expected to cost in an hour, shortages included, in units of the
/// usual spot price.
///
/// A loss that spares cannot cover makes the service short for about a cold start. Such an event costs a part for
/// happening at all and a part for each missing replica; if nothing is left, much more.
final class FleetCost {
    /// What being short once is worth to a service of [#USUAL_SIZE] that is to be available 99.9 % of the
    /// time, in hours of a spot replica; and to be short of one more replica.
    private static final double WORTH_OF_EVENT = 2.3;

    private static final double WORTH_OF_REPLICA = 1.2;

    /// What having none left is worth on top, in the same unit, where spot can be spread to avoid it.
    static final double OUTAGE_BY_CHOICE = 13;

    /// The same where only on-demand can avoid it.
    static final double OUTAGE_BY_NEED = 5;

    /// The size for which these were measured. Larger services pay more in all, so that more is worth avoiding,
    /// but for each replica less.
    private static final double USUAL_SIZE = 3;

    private static final double GROWTH_OF_EVENT = 0.5;
    private static final double GROWTH_OF_OUTAGE = 0.7;

    /// The part of an outage's worth that remains where a single replica is all: each of its losses is one.
    private static final double OUTAGE_OF_ONE = 0.7;

    /// The share of losses that hit other pools of the region within a cold start, too, where that would take the
    /// last replicas.
    private static final double SHARED_BY_REGION = 0.14;

    /// More than this share of the wanted replicas in one pool costs [#CONCENTRATION] for each beyond it:
    /// what the expected loss does not tell, a service that hangs on one pool is one bad guess away from an
    /// outage.
    private static final double MOST_IN_ONE_POOL = 1.0 / 3;

    private static final double CONCENTRATION = 0.3;

    private static final double ROUNDING = 1e-9;

    private final List<Pool> pools;
    private final int wanted;
    private final double worth;
    private final double worthOfEvent;
    private final double worthOfOutage;
    private final OptionalDouble price;
    private final int mostInOnePool;
    private final double partialShare;
    private final double onDemandPrice;
    private final int[] regions;
    private final int regionCount;

    /// @param wanted replicas that are not to be on-demand anyway
    /// @param base on-demand replicas that are there for good: beside them there is no outage
    /// @param worth how much shortages weigh, 1 for the usual service
    /// @param outage what an outage costs, in hours of a spot replica; empty for what was measured to be good for
    ///     most, times that worth
    FleetCost(Pools pools, int wanted, int base, double worth, OptionalDouble outage) {
        this.pools = pools.list();
        this.wanted = wanted;
        this.worth = worth;
        this.worthOfEvent = WORTH_OF_EVENT * Math.pow(wanted / USUAL_SIZE, GROWTH_OF_EVENT);
        this.worthOfOutage = worthOfOutage(base, wanted);
        this.price = base > 0 ? OptionalDouble.empty() : outage;
        this.mostInOnePool = (int) Math.ceil(wanted * MOST_IN_ONE_POOL);
        this.partialShare = pools.partialShare();
        this.onDemandPrice = pools.onDemandPrice();
        List<String> names = this.pools.stream().map(Pool::region).distinct().toList();
        this.regions = this.pools.stream()
                .mapToInt(pool -> names.indexOf(pool.region()))
                .toArray();
        this.regionCount = names.size();
    }

    private static double worthOfOutage(int base, int wanted) {
        if (base > 0) {
            return 0;
        }
        return wanted == 1 ? OUTAGE_OF_ONE : Math.pow(wanted / USUAL_SIZE, GROWTH_OF_OUTAGE);
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
            if (onDemand == 0 && count > mostInOnePool) {
                cost += CONCENTRATION * (count - mostInOnePool);
            }
            inRegion[regions[i]] += count;
            poolsInRegion[regions[i]]++;
            riskInRegion[regions[i]] += pool.lossesPerHour();
        }
        for (int region = 0; region < regionCount; region++) {
            if (regionCount > 1 && poolsInRegion[region] > 1 && inRegion[region] == total) {
                double risk = riskInRegion[region] / poolsInRegion[region];
                cost += price.isPresent()
                        ? SHARED_BY_REGION * risk * price.getAsDouble()
                        : SHARED_BY_REGION * risk * worth * worthOfOutage * outage;
            }
        }
        return cost;
    }

    /// What an hour of the wanted replicas would cost on-demand throughout, less what these cost.
    ///
    /// @param counts spot replicas by pool
    double belowAllOnDemand(int[] counts) {
        if (onDemandPrice == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        double left = wanted * onDemandPrice;
        for (int i = 0; i < counts.length; i++) {
            left -= counts[i] * pools.get(i).price();
        }
        return left;
    }

    /// How many on-demand replicas that is enough for.
    int affordableOnDemand(int[] counts) {
        double left = belowAllOnDemand(counts);
        return left == Double.POSITIVE_INFINITY ? Integer.MAX_VALUE : (int) Math.floor(left / onDemandPrice + ROUNDING);
    }

    private double event(int lost, int total, double outage) {
        int missing = lost - Math.max(0, total - wanted);
        double cost = missing > 0 ? worthOfEvent + WORTH_OF_REPLICA * missing : 0;
        if (lost < total) {
            return worth * cost;
        }
        return price.isPresent() ? worth * cost + price.getAsDouble() : worth * (cost + worthOfOutage * outage);
    }
}
