package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.event.Lags;
import dev.skyhedge.engine.simulate.forecast.Experience.Pool;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// One cloud that offers what all clouds offer to a service, at today's prices, with a market by what was seen.
///
/// @param name of the cloud
/// @param markets the spot pools of each cloud that it stands for, and what was seen of them
/// @param listings what it lists
/// @param leftOut spot pools that are too many
record ExpectedCloud(String name, List<MarketExperience> markets, List<Listing> listings, int leftOut) {
    /// The dearest of so many are hardly ever rented, but every decision compares them all.
    static final int MAX_POOLS = 24;

    private static final String SEVERAL = "clouds";
    private static final int MAX_INSTANCES = 1_000_000;
    private static final Comparator<Offer> CHEAPEST = Comparator.comparing(Offer::price)
            .thenComparing(Offer::location)
            .thenComparing(offer -> offer.accelerator().toString())
            .thenComparing(Offer::instanceType);

    /// @param held pools where replicas run, which are never too many and have room
    static ExpectedCloud of(List<Offer> permitted, Experience experience, Set<Pool> held, Instant now) {
        List<String> clouds = permitted.stream()
                .map(offer -> offer.location().cloud())
                .distinct()
                .toList();
        String name = clouds.size() == 1 ? clouds.getFirst() : SEVERAL;
        List<Offer> spot = cheapestOfEachPool(permitted, Market.SPOT);
        List<Offer> kept = kept(spot, held);
        Map<String, SequencedMap<MarketSeries, PoolExperience>> pools = new LinkedHashMap<>();
        List<Listing> listings = new ArrayList<>();
        for (Offer offer : kept) {
            Location place = place(offer, name);
            var series =
                    new MarketSeries(place + " " + offer.accelerator(), place.region(), place.zone(), Optional.empty());
            PoolExperience seen = experience.of(Pool.of(offer));
            pools.computeIfAbsent(offer.location().cloud(), _ -> new LinkedHashMap<>())
                    .put(series, held.contains(Pool.of(offer)) ? seen.holding(now) : seen);
            listings.add(listing(offer, place, Optional.empty(), Optional.of(series.key())));
        }
        kept(cheapestOfEachPool(permitted, Market.ON_DEMAND), held)
                .forEach(offer ->
                        listings.add(listing(offer, place(offer, name), Optional.of(offer), Optional.empty())));
        return new ExpectedCloud(
                name,
                pools.values().stream().map(MarketExperience::new).toList(),
                List.copyOf(listings),
                spot.size() - kept.size());
    }

    private static List<Offer> kept(List<Offer> cheapestFirst, Set<Pool> held) {
        return IntStream.range(0, cheapestFirst.size())
                .filter(i -> i < MAX_POOLS || held.contains(Pool.of(cheapestFirst.get(i))))
                .mapToObj(cheapestFirst::get)
                .toList();
    }

    /// What this cloud calls an offer that is rented, at the price that is paid; empty if it does not list it.
    Optional<Offer> here(Offer offer) {
        Location place = place(offer, name);
        return listings.stream()
                .filter(listing -> listing.location().equals(place)
                        && listing.accelerator().equals(offer.accelerator())
                        && (offer.market() == Market.SPOT
                                ? listing.series().isPresent()
                                : listing.onDemand().isPresent()))
                .findFirst()
                .map(listing ->
                        new Offer(listing.instanceType(), offer.accelerator(), place, offer.market(), offer.price()));
    }

    static List<Offer> cheapestOfEachPool(List<Offer> offers, Market market) {
        Map<Pool, Offer> cheapest = new LinkedHashMap<>();
        offers.stream()
                .filter(offer -> offer.market() == market)
                .sorted(CHEAPEST)
                .forEach(offer -> cheapest.putIfAbsent(Pool.of(offer), offer));
        return List.copyOf(cheapest.values());
    }

    private static Location place(Offer offer, String cloud) {
        return place(offer.location(), cloud);
    }

    /// What a cloud of this name calls a real place.
    static Location place(Location real, String cloud) {
        return cloud.equals(real.cloud()) ? real : new Location(cloud, real.cloud() + "-" + real.region(), real.zone());
    }

    private static Listing listing(Offer offer, Location place, Optional<Offer> onDemand, Optional<String> series) {
        return new Listing(
                offer.instanceType(), offer.accelerator(), place, onDemand.map(Offer::price), offer.price(), series);
    }

    /// How many spot pools there are.
    int pools() {
        return markets.stream().mapToInt(MarketExperience::size).sum();
    }

    private ExpectedMarket market(Instant start, Duration length, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Map<MarketSeries, PoolSpells> pools = new LinkedHashMap<>();
        markets.forEach(market -> pools.putAll(market.drawn(random)));
        return new ExpectedMarket(pools, start, length, seed);
    }

    /// It on one day.
    CloudDescription day(Instant start, Duration length, Lags lags, Duration billedAtLeast, long seed) {
        CloudRules rules = CloudRules.calm()
                .withNotice(lags.notice())
                .withVictims(CloudRules.Victims.RANDOM)
                .withBilledAtLeast(billedAtLeast)
                .withLimits(MAX_INSTANCES, Double.POSITIVE_INFINITY);
        return new CloudDescription(
                name, listings, market(start, length, seed), start, rules, new SplittableRandom(seed));
    }
}
