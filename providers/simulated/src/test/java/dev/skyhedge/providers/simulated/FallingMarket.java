package dev.skyhedge.providers.simulated;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A market that falls once.
record FallingMarket(List<MarketSeries> series, int before, int after, Duration when) implements MarketTrace {
    @Override
    public int capacity(String key, Duration at) {
        return at.compareTo(when) < 0 ? before : after;
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        return at.compareTo(when) < 0 ? Optional.of(when) : Optional.empty();
    }
}
