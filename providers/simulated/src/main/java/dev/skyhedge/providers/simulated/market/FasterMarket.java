package dev.skyhedge.providers.simulated.market;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Another market, played faster or slower than it was recorded.
///
/// @param market the market at its own speed
/// @param factor how many seconds of it pass in one second, above 0
public record FasterMarket(MarketTrace market, double factor) implements MarketTrace {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long ROUNDING_NANOS = 1_000;

    public FasterMarket {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("A speed factor is above 0, not " + factor);
        }
    }

    @Override
    public List<MarketSeries> series() {
        return market.series();
    }

    @Override
    public int capacity(String key, Duration at) {
        return market.capacity(key, inner(at));
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration at) {
        return market.price(key, inner(at));
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration at) {
        return market.nextChange(key, inner(at)).map(change -> outer(change, at));
    }

    private Duration inner(Duration at) {
        return times(at, factor);
    }

    /// A time just after the change, so that looking there sees it in spite of rounding.
    private Duration outer(Duration change, Duration after) {
        Duration found = times(change, 1 / factor);
        while (found.compareTo(after) <= 0 || inner(found).compareTo(change) < 0) {
            found = found.plusNanos(ROUNDING_NANOS);
        }
        return found;
    }

    private static Duration times(Duration time, double by) {
        double seconds = time.toNanos() / NANOS_PER_SECOND * by;
        long whole = (long) seconds;
        return Duration.ofSeconds(whole, Math.round((seconds - whole) * NANOS_PER_SECOND));
    }
}
