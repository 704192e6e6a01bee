package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// One course that the spot market may take: pools that have room for all or for none, each by its own rates and
/// from its own generator, and now and then none in a whole region. Prices stay as they are.
final class ExpectedMarket implements MarketTrace {
    /// How often all pools of a region lose their room together, in losses of one pool: in nine zones over
    /// six weeks 14 % of the losses were shared within five minutes, where 5 % would have been by chance.
    static final double SHARED_BY_REGION = 0.1;

    private static final int ROOM = 100_000;
    /// Of the pools whose losses a region's shared ones are counted in.
    private static final Duration TYPICAL_AGE = Duration.ofHours(3);
    /// What was seen longer ago says nothing of now.
    private static final Duration LONGEST_AGO = Duration.ofDays(-7);
    private static final Duration SHORTEST_SPELL = Duration.ofSeconds(1);
    private static final double NANOS_PER_HOUR = 3.6e12;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final List<MarketSeries> series;
    private final Map<String, NavigableMap<Duration, Integer>> capacity = new LinkedHashMap<>();

    /// @param pools how each of them comes and goes, in the order of their series
    /// @param now when it begins
    /// @param length how far it is drawn; afterwards all stays as it is
    ExpectedMarket(Map<MarketSeries, PoolSpells> pools, Instant now, Duration length, long seed) {
        this.series = List.copyOf(pools.keySet());
        Map<String, List<Duration>> shocks = new LinkedHashMap<>();
        for (MarketSeries one : series) {
            shocks.computeIfAbsent(one.region(), region -> shocks(region, pools, length, seed));
        }
        pools.forEach((one, rates) -> {
            RandomGenerator random = generator(seed, "pool " + one.key());
            List<Duration> shared = shocks.getOrDefault(one.region(), List.of());
            capacity.put(one.key(), course(rates, shared, now, length, random));
        });
    }

    private static List<Duration> shocks(
            String region, Map<MarketSeries, PoolSpells> pools, Duration length, long seed) {
        List<PoolSpells> inRegion = new ArrayList<>();
        pools.forEach((one, rates) -> {
            if (one.region().equals(region)) {
                inRegion.add(rates);
            }
        });
        List<Duration> shocks = new ArrayList<>();
        if (inRegion.size() > 1) {
            double perHour = SHARED_BY_REGION
                    * inRegion.stream()
                            .mapToDouble(spells -> spells.lossesPerHour(TYPICAL_AGE))
                            .average()
                            .orElseThrow();
            RandomGenerator random = generator(seed, "region " + region);
            Duration at = exponential(perHour, random);
            while (at.compareTo(length) < 0) {
                shocks.add(at);
                at = at.plus(exponential(perHour, random));
            }
        }
        return shocks;
    }

    /// Begins when the pool was last seen, as old as it was then, and goes on from there. A history that is read after
    /// the world, or written by another machine's clock, may be ahead of now: then it begins now.
    private static NavigableMap<Duration, Integer> course(
            PoolSpells spells, List<Duration> shocks, Instant now, Duration length, RandomGenerator random) {
        NavigableMap<Duration, Integer> course = new TreeMap<>();
        boolean room = spells.last().map(Glimpse::hasRoom).orElseGet(() -> random.nextDouble() < PoolSpells.USUAL_ROOM);
        boolean first = room;
        Duration age = spells.last()
                .map(last -> Duration.between(last.since(), last.at()))
                .orElseGet(() -> spells.age(first, random));
        Duration at = spells.last()
                .map(last -> Duration.between(now, last.at()))
                .filter(ago -> ago.compareTo(LONGEST_AGO) > 0 && ago.isNegative())
                .orElse(Duration.ZERO);
        // Every spell lasts at least a second, which bounds this.
        while (at.compareTo(length) < 0) {
            course.put(at.isNegative() ? Duration.ZERO : at, room ? ROOM : 0);
            Duration from = at;
            Duration end = from.plus(longer(SHORTEST_SPELL, spells.rest(room, age, random)));
            // The shared losses are few enough to leave a pool's own rate as it is.
            Optional<Duration> shock = shocks.stream()
                    .filter(one -> one.compareTo(from.plus(SHORTEST_SPELL)) >= 0 && one.compareTo(end) < 0)
                    .findFirst();
            at = room ? shock.orElse(end) : end;
            room = !room;
            age = Duration.ZERO;
        }
        return course;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration exponential(double perHour, RandomGenerator random) {
        double nanos = -Math.log(1 - random.nextDouble()) / perHour * NANOS_PER_HOUR;
        return longer(SHORTEST_SPELL, Duration.ofNanos((long)
                Math.min(nanos, (double) Duration.ofDays(10_000).toNanos())));
    }

    private static RandomGenerator generator(long seed, String name) {
        return new SplittableRandom(seed * GOLDEN_GAMMA + name.hashCode());
    }

    @Override
    public List<MarketSeries> series() {
        return series;
    }

    @Override
    public int capacity(String key, Duration at) {
        return course(key).floorEntry(at).getValue();
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        return Optional.ofNullable(course(key).higherKey(at));
    }

    private NavigableMap<Duration, Integer> course(String key) {
        NavigableMap<Duration, Integer> course = capacity.get(key);
        if (course == null) {
            throw new IllegalArgumentException("No series \"" + key + "\" in this market");
        }
        return course;
    }
}
