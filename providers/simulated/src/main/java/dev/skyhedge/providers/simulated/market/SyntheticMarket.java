package dev.skyhedge.providers.simulated.market;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A market made up from a seed, without end. Each zone alternates between having capacity and having none,
/// both for exponentially distributed times; now and then a shock takes away the capacity of all zones of a
/// region together.
///
/// It is made as far as it is asked for. Each zone and region draws from its own generator, so the order of
/// questions does not change the answers.
public final class SyntheticMarket implements MarketTrace {
    /// The shape of a synthetic market.
    ///
    /// @param meanUp mean time for which a zone has capacity, shocks apart
    /// @param meanDown mean time for which a zone has none; also the mean length of a shock
    /// @param shockEvery mean time between the shocks of a region; empty means that there are none
    /// @param capacity the most that a zone has room for; each time up it has at least half of it
    /// @param seed makes the market
    public record Shape(Duration meanUp, Duration meanDown, Optional<Duration> shockEvery, int capacity, long seed) {
        public Shape {
            if (!meanUp.isPositive()
                    || !meanDown.isPositive()
                    || !shockEvery.map(Duration::isPositive).orElse(true)) {
                throw new IllegalArgumentException("The mean times of a market are above zero");
            }
            if (capacity < 1) {
                throw new IllegalArgumentException("A market has a capacity of at least 1, not " + capacity);
            }
        }
    }

    private final List<MarketSeries> series;
    private final Map<String, Spells> zones = new LinkedHashMap<>();
    private final Map<String, Spells> shocks = new LinkedHashMap<>();
    private final Map<String, String> regions = new LinkedHashMap<>();

    public SyntheticMarket(List<MarketSeries> series, Shape shape) {
        this.series = List.copyOf(series);
        for (MarketSeries one : series) {
            regions.put(one.key(), one.region());
            zones.put(one.key(), zone(shape, one));
            shape.shockEvery()
                    .ifPresent(every -> shocks.computeIfAbsent(one.region(), region -> shock(shape, every, region)));
        }
    }

    private static Spells zone(Shape shape, MarketSeries one) {
        RandomGenerator random = generator(shape.seed(), "zone " + one.key());
        boolean up = random.nextDouble()
                        * (shape.meanUp().toNanos() + (double) shape.meanDown().toNanos())
                < shape.meanUp().toNanos();
        int least = (shape.capacity() + 1) / 2;
        return new Spells(random, shape.meanUp(), shape.meanDown(), up, r -> r.nextInt(least, shape.capacity() + 1));
    }

    private static Spells shock(Shape shape, Duration every, String region) {
        return new Spells(generator(shape.seed(), "region " + region), every, shape.meanDown(), true, r -> 1);
    }

    private static RandomGenerator generator(long seed, String name) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }

    @Override
    public List<MarketSeries> series() {
        return series;
    }

    @Override
    public int capacity(String key, Duration at) {
        long nanos = at.toNanos();
        Spells shock = shocks.get(regions.get(key));
        return shock != null && shock.at(nanos) == 0 ? 0 : (int) zone(key).at(nanos);
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        long nanos = at.toNanos();
        Spells shock = shocks.get(regions.get(key));
        long next = zone(key).nextStart(nanos);
        return Optional.of(Duration.ofNanos(shock == null ? next : Math.min(next, shock.nextStart(nanos))));
    }

    private Spells zone(String key) {
        Spells spells = zones.get(key);
        if (spells == null) {
            throw new IllegalArgumentException("No series \"" + key + "\" in this market");
        }
        return spells;
    }
}
