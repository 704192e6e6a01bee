package dev.skyhedge.providers.simulated.market;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Spot capacity and prices over time. Time is counted from the market's beginning, never negative.
///
/// The same question always has the same answer, in whatever order questions are asked. Implementations are
/// thread-safe. Asking for a key that is not in [#series()] is a bug and throws `IllegalArgumentException`.
public interface MarketTrace {
    /// All series, in the market's own order.
    List<MarketSeries> series();

    /// How many spot instances the series has room for, at least 0.
    int capacity(String key, Duration at);

    /// The spot price; empty if this market knows no prices.
    Optional<HourlyPrice> price(String key, Duration at);

    /// The earliest time after `at` at which capacity or price may be another; empty if they never change
    /// again.
    Optional<Duration> nextChange(String key, Duration at);
}
