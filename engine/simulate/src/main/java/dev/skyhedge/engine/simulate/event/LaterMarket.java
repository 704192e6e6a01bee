package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Another market from a later time on.
///
/// @param market as it is
/// @param offset what of it is over, not negative
record LaterMarket(MarketTrace market, Duration offset) implements MarketTrace {
    @Override
    public List<MarketSeries> series() {
        return market.series();
    }

    @Override
    public int capacity(String key, Duration at) {
        return market.capacity(key, at.plus(offset));
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        return market.price(key, at.plus(offset));
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        return market.nextChange(key, at.plus(offset)).map(change -> change.minus(offset));
    }
}
