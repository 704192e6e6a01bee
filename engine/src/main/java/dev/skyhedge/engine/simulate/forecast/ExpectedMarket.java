package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
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
    /// How often all pools of a region lose their room together, in losses of one pool, as placement foresees it.
    static final double SHARED_BY_REGION = 0.05;

    private static final int ROOM = 100_000;
    private static final Duration SHORTEST_SPELL = Duration.ofMinutes(1);
    private static final double NANOS_PER_HOUR = 3.6e12;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final List<MarketSeries> series;
    private final Map<String, NavigableMap<Duration, Integer>> capacity = new LinkedHashMap<>();

    /// @param pools in the order of their series
    /// @param length how far it is drawn; afterwards all stays as it is
    ExpectedMarket(Map<MarketSeries, PoolRates> pools, Duration length, long seed) {
        this.series = List.copyOf(pools.keySet());
        Map<String, List<Duration>> shocks = new LinkedHashMap<>();
        for (MarketSeries one : series) {
            shocks.computeIfAbsent(one.region(), region -> shocks(region, pools, length, seed));
        }
        pools.forEach((one, rates) -> {
            RandomGenerator random = generator(seed, "pool " + one.key());
            List<Duration> shared = shocks.getOrDefault(one.region(), List.of());
            capacity.put(one.key(), course(rates.drawn(random), shared, length, random));
        });
    }

    private static List<Duration> shocks(
            String region, Map<MarketSeries, PoolRates> pools, Duration length, long seed) {
        List<PoolRates> inRegion = new ArrayList<>();
        pools.forEach((one, rates) -> {
            if (one.region().equals(region)) {
                inRegion.add(rates);
            }
        });
        List<Duration> shocks = new ArrayList<>();
        if (inRegion.size() > 1) {
            double mean = inRegion.stream()
                    .mapToDouble(PoolRates::lossesPerHour)
                    .average()
                    .orElseThrow();
            RandomGenerator random = generator(seed, "region " + region);
            Duration at = spell(SHARED_BY_REGION * mean, random);
            while (at.compareTo(length) < 0) {
                shocks.add(at);
                at = at.plus(spell(SHARED_BY_REGION * mean, random));
            }
        }
        return shocks;
    }

    private static NavigableMap<Duration, Integer> course(
            PoolRates rates, List<Duration> shocks, Duration length, RandomGenerator random) {
        NavigableMap<Duration, Integer> course = new TreeMap<>();
        boolean room = random.nextDouble() < rates.roomNow();
        Duration at = Duration.ZERO;
        // Every spell lasts at least a minute, which bounds this.
        while (at.compareTo(length) < 0) {
            course.put(at, room ? ROOM : 0);
            Duration from = at;
            // The shared losses are few enough to leave a pool's own rate as it is.
            Duration end = from.plus(spell(room ? rates.lossesPerHour() : rates.returnsPerHour(), random));
            Optional<Duration> shock = shocks.stream()
                    .filter(one -> one.compareTo(from.plus(SHORTEST_SPELL)) >= 0 && one.compareTo(end) < 0)
                    .findFirst();
            at = room ? shock.orElse(end) : end;
            room = !room;
        }
        return course;
    }

    private static Duration spell(double perHour, RandomGenerator random) {
        double nanos = -Math.log(1 - random.nextDouble()) / perHour * NANOS_PER_HOUR;
        Duration drawn =
                Duration.ofNanos((long) Math.min(nanos, Duration.ofDays(10_000).toNanos()));
        return drawn.compareTo(SHORTEST_SPELL) < 0 ? SHORTEST_SPELL : drawn;
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
