package dev.skyhedge.engine.simulate;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A stretch of a market, sampled at a fixed tick. Each series of the market is a zone. Immutable.
///
/// @param offset how many ticks after the market's beginning it begins
/// @param tick how long a tick is
/// @param zones the zones, in the order in which policies see them
/// @param capacity of each zone by tick: spot instances that it has room for
public record MarketWindow(long offset, Duration tick, List<Location> zones, List<Counts> capacity) {
    public MarketWindow {
        zones = List.copyOf(zones);
        capacity = List.copyOf(capacity);
        if (zones.isEmpty() || zones.size() != capacity.size() || new HashSet<>(zones).size() != zones.size()) {
            throw new IllegalArgumentException("One capacity for each of several zones, not " + zones);
        }
        int ticks = capacity.getFirst().size();
        if (capacity.stream().anyMatch(counts -> counts.size() != ticks)) {
            throw new IllegalArgumentException("All capacities are as long as the first: " + ticks);
        }
    }

    /// Samples a market.
    ///
    /// @param cloud whose market it is
    public static MarketWindow of(MarketTrace market, String cloud, long offset, int ticks, Duration tick) {
        List<Location> zones = new ArrayList<>();
        List<Counts> capacity = new ArrayList<>();
        for (MarketSeries series : market.series()) {
            zones.add(zone(cloud, series));
            int[] values = new int[ticks];
            Duration at = tick.multipliedBy(offset);
            for (int t = 0; t < ticks; t++) {
                values[t] = market.capacity(series.key(), at);
                at = at.plus(tick);
            }
            capacity.add(Counts.of(values));
        }
        return new MarketWindow(offset, tick, zones, capacity);
    }

    /// The zone that a series is. A series of one instance type is a zone of its own.
    public static Location zone(String cloud, MarketSeries series) {
        return new Location(cloud, series.region(), series.key().replace('/', '.'));
    }

    /// How many ticks it has.
    public int ticks() {
        return capacity.getFirst().size();
    }

    /// How many spot instances the zone of that index has room for.
    public int capacity(int zone, int tick) {
        return capacity.get(zone).at(tick);
    }

    /// The same market with its zones in this order, which holds the index of each zone once.
    public MarketWindow inOrder(List<Integer> order) {
        return new MarketWindow(
                offset,
                tick,
                order.stream().map(zones::get).toList(),
                order.stream().map(capacity::get).toList());
    }
}
