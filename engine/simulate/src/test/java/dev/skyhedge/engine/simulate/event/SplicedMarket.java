package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One market up to a time, and another one from then on.
record SplicedMarket(MarketTrace past, MarketTrace future, Duration at) implements MarketTrace {
    @Override
    public List<MarketSeries> series() {
        return past.series();
    }

    @Override
    public int capacity(String key, Duration when) {
        return of(when).capacity(key, when);
    }

    @Override
    public Optional<HourlyPrice> price(String key, Duration when) {
        return of(when).price(key, when);
    }

    @Override
    public Optional<Duration> nextChange(String key, Duration when) {
        Optional<Duration> next = of(when).nextChange(key, when);
        boolean beyond = next.isEmpty() || next.get().compareTo(at) > 0;
        return when.compareTo(at) < 0 && beyond ? Optional.of(at) : next;
    }

    private MarketTrace of(Duration when) {
        return when.compareTo(at) < 0 ? past : future;
    }
}
