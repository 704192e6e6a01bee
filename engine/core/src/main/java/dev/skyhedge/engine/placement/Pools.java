package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Status;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The spot pools that a service may use or is in, cheapest first, and how many replicas each holds.
final class Pools {
    /// Spot dearer than this share of on-demand is not bought: with its spare it would cost more and lose more.
    static final double MAX_PRICE_TO_LAUNCH = 0.87;

    /// Spot that is there is kept up to this share of on-demand, so that prices on the border move nothing.
    static final double MAX_PRICE_TO_KEEP = 0.95;

    /// At most so many pools that hold nothing are weighed against each other: the cheapest ones.
    static final int MAX_EMPTY_POOLS = 32;

    private static final double MICRO_DOLLARS = 1e6;

    private final List<Pool> pools;
    private final int[] held;
    private final int[] asked;
    private final double onDemandPrice;
    private final double usdOfUnit;
    private final double partialShare;
    private final List<HeldReplica> tooDear;
    /// Of the spot replicas that are worth their price.
    private final int ready;

    private final List<Remembered> remembered;

    private Pools(
            List<Pool> pools,
            int[] held,
            int[] asked,
            double onDemandPrice,
            double usdOfUnit,
            double partialShare,
            List<HeldReplica> tooDear,
            int ready,
            List<Remembered> remembered) {
        this.pools = pools;
        this.held = held;
        this.asked = asked;
        this.onDemandPrice = onDemandPrice;
        this.usdOfUnit = usdOfUnit;
        this.partialShare = partialShare;
        this.tooDear = tooDear;
        this.ready = ready;
        this.remembered = remembered;
    }

    static Pools of(PlacementRequest request) {
        Optional<HourlyPrice> onDemand = request.offers().stream()
                .filter(offer -> offer.market() == Market.ON_DEMAND)
                .map(Offer::price)
                .min(Comparator.naturalOrder());
        Map<Pool.Key, Offer> cheapest = new LinkedHashMap<>();
        request.offers().stream()
                .filter(offer -> offer.market() == Market.SPOT)
                .sorted(OfferBook.CHEAPEST)
                .filter(offer -> isBargain(offer, onDemand, MAX_PRICE_TO_KEEP))
                .forEach(offer -> cheapest.merge(
                        Pool.key(offer),
                        offer,
                        (first, other) -> !request.closures().isOpen(first)
                                        && request.closures().isOpen(other)
                                ? other
                                : first));
        Map<Pool.Key, Integer> held = new HashMap<>();
        Map<Pool.Key, Integer> asked = new HashMap<>();
        List<HeldReplica> tooDear = new ArrayList<>();
        int ready = 0;
        for (HeldReplica replica : request.held().replicas()) {
            if (replica.offer().market() == Market.SPOT && !isBargain(replica.offer(), onDemand, MAX_PRICE_TO_KEEP)) {
                tooDear.add(replica);
            } else if (replica.offer().market() == Market.SPOT) {
                ready += replica.phase() == HeldReplica.Phase.READY ? 1 : 0;
                Pool.Key key = Pool.key(replica.offer());
                held.merge(key, 1, Integer::sum);
                cheapest.putIfAbsent(key, replica.offer());
                if (replica.phase() == HeldReplica.Phase.ASKED) {
                    asked.merge(key, 1, Integer::sum);
                }
            }
        }
        Map<Pool.Key, ZoneHealth> health = new LinkedHashMap<>();
        for (ZoneHealth zone : request.health()) {
            var key = new Pool.Key(zone.location(), zone.accelerator());
            if (zone.market() == Market.SPOT && cheapest.containsKey(key)) {
                health.put(key, zone);
            }
        }
        var risk = new LossRisk(List.copyOf(health.values()), request.now());
        double unit = unit(cheapest.values().stream().map(Offer::price).toList());
        List<Pool> pools = new ArrayList<>();
        int empty = 0;
        for (Map.Entry<Pool.Key, Offer> entry : cheapest.entrySet()) {
            boolean isHeld = held.containsKey(entry.getKey());
            if (!isHeld && empty++ >= MAX_EMPTY_POOLS) {
                continue;
            }
            Offer offer = entry.getValue();
            Optional<ZoneHealth> zone = Optional.ofNullable(health.get(entry.getKey()));
            TrackRecord history = zone.map(ZoneHealth::history).orElse(TrackRecord.NONE);
            boolean isSuspect =
                    zone.filter(known -> known.status() == Status.PREEMPTING).isPresent();
            boolean isOffered = request.offers().contains(offer);
            boolean isOpen = isOffered
                    && isBargain(offer, onDemand, MAX_PRICE_TO_LAUNCH)
                    && zone.filter(known -> known.retryAt().isAfter(request.now()))
                            .isEmpty()
                    && request.closures().isOpen(offer);
            pools.add(new Pool(
                    offer,
                    offer.price().microDollars() / unit,
                    risk.lossesPerHour(history),
                    TrackRecords.seenCalm(history, request.now()),
                    zone.isPresent(),
                    isOpen,
                    isOpen && request.closures().isOpenToLuxuries(offer),
                    isSuspect));
        }
        return new Pools(
                List.copyOf(pools),
                counts(pools, held),
                counts(pools, asked),
                onDemand.map(price -> price.microDollars() / unit).orElse(Double.POSITIVE_INFINITY),
                unit / MICRO_DOLLARS,
                risk.partialShare(),
                List.copyOf(tooDear),
                ready,
                health.entrySet().stream()
                        .map(entry -> new Remembered(
                                Objects.requireNonNull(cheapest.get(entry.getKey()))
                                                .price()
                                                .microDollars()
                                        / unit,
                                entry.getValue().history()))
                        .toList());
    }

    /// What is known of a pool of any kind, be it worth a launch or not.
    ///
    /// @param price in units of the usual spot price
    record Remembered(double price, TrackRecord history) {}

    List<Remembered> remembered() {
        return remembered;
    }

    /// Spot replicas whose price has risen so far that they are to be replaced.
    List<HeldReplica> tooDear() {
        return tooDear;
    }

    /// How many of those count among the fleet, so that what replaces them is not taken for a surplus: all of
    /// them until the wanted number is ready without them.
    int keptUntilReplaced(int wanted) {
        return ready < wanted ? tooDear.size() : 0;
    }

    List<Pool> list() {
        return pools;
    }

    int[] held() {
        return held.clone();
    }

    /// How many of them a provider has accepted.
    int[] accepted() {
        int[] accepted = held();
        for (int i = 0; i < accepted.length; i++) {
            accepted[i] -= asked[i];
        }
        return accepted;
    }

    /// How many are asked for and not answered yet.
    int asked() {
        int sum = 0;
        for (int count : asked) {
            sum += count;
        }
        return sum;
    }

    /// Whether any spot is worth its price.
    boolean isEmpty() {
        return pools.isEmpty();
    }

    /// Whether so many launches may be under way there at once: a suspect pool is asked for one at a time.
    boolean mayAsk(int pool, int launches) {
        Pool candidate = pools.get(pool);
        return candidate.isOpen() && (!candidate.isSuspect() || launches + asked[pool] == 0);
    }

    /// The same for a launch that could be done without.
    boolean mayAskForLuxury(int pool, int launches) {
        return pools.get(pool).isOpenToLuxuries() && mayAsk(pool, launches);
    }

    /// The usual spot price of an hour, in US dollars: what all prices here are in units of.
    double usdOfUnit() {
        return usdOfUnit;
    }

    /// The price of one on-demand replica in units of the usual spot price.
    double onDemandPrice() {
        return onDemandPrice;
    }

    double partialShare() {
        return partialShare;
    }

    private static boolean isBargain(Offer offer, Optional<HourlyPrice> onDemand, double share) {
        return onDemand.map(price -> offer.price().microDollars() < share * price.microDollars())
                .orElse(true);
    }

    private static double unit(List<HourlyPrice> cheapestFirst) {
        return cheapestFirst.isEmpty()
                ? 1
                : Math.max(1, cheapestFirst.get(cheapestFirst.size() / 2).microDollars());
    }

    private static int[] counts(List<Pool> pools, Map<Pool.Key, Integer> of) {
        return pools.stream().mapToInt(pool -> of.getOrDefault(pool.key(), 0)).toArray();
    }
}
