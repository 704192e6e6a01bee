package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/// The spot pools of one cloud and what was seen of each. Immutable.
final class MarketExperience {
    private final SequencedMap<MarketSeries, PoolExperience> pools;
    private final MarketPaces losing;
    private final MarketPaces returning;

    MarketExperience(SequencedMap<MarketSeries, PoolExperience> pools) {
        this.pools = new LinkedHashMap<>(pools);
        List<PoolExperience> seen = List.copyOf(pools.values());
        this.losing = new MarketPaces(seen.stream().map(PoolExperience::room).toList());
        this.returning = new MarketPaces(seen.stream().map(PoolExperience::shut).toList());
    }

    int size() {
        return pools.size();
    }

    /// How they may come and go on one day.
    Map<MarketSeries, PoolSpells> drawn(RandomGenerator random) {
        double[] losingPaces = losing.drawn(random);
        double[] returningPaces = returning.drawn(random);
        Map<MarketSeries, PoolSpells> drawn = new LinkedHashMap<>();
        pools.forEach((series, seen) -> {
            int at = drawn.size();
            drawn.put(series, new PoolSpells(losingPaces[at], returningPaces[at], seen.last()));
        });
        return drawn;
    }
}
