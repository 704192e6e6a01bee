package dev.skyhedge.providers.simulated.market;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A market in which nothing ever happens.
///
/// @param series all series
/// @param capacity room in each of them
public record CalmMarket(List<MarketSeries> series, int capacity) implements MarketTrace {
    public CalmMarket {
        series = List.copyOf(series);
        if (capacity < 0) {
            throw new IllegalArgumentException("Negative capacity: " + capacity);
        }
    }

    @Override
    public int capacity(String key, Duration at) {
        return capacity;
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        return Optional.empty();
    }
}
