package dev.skyhedge.providers.simulated.market;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Another market in which a series with any capacity has room for many. Recordings that were made by asking
/// for one instance at a time say 1 where they mean "at least one".
///
/// @param market as recorded
/// @param room capacity of a series that has any
public record AllOrNothingMarket(MarketTrace market, int room) implements MarketTrace {
    public AllOrNothingMarket {
        if (room < 1) {
            throw new IllegalArgumentException("Room for at least 1, not " + room);
        }
    }

    @Override
    public List<MarketSeries> series() {
        return market.series();
    }

    @Override
    public int capacity(String key, Duration at) {
        return market.capacity(key, at) > 0 ? room : 0;
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        return market.price(key, at);
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        return market.nextChange(key, at);
    }
}
