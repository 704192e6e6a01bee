package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowEndTest {
    private static final Duration LENGTH = Duration.ofHours(2);

    @Test
    void whatHappensExactlyAtTheEndIsOfTheNextWindow() {
        assertThat(outcome(LENGTH).preemptions()).isZero();
        assertThat(outcome(LENGTH.minusMillis(1)).preemptions()).isEqualTo(4);
    }

    private static EventOutcome outcome(Duration fall) {
        return EventSimulation.run(
                Scenes.settings(Scenes.chat(), new Falling(fall), Lags.DEFAULT, Optional.empty(), 1), LENGTH);
    }

    /// Has room for all until then, and for none from then on.
    private record Falling(Duration at) implements MarketTrace {
        @Override
        public List<MarketSeries> series() {
            return Scenes.zones();
        }

        @Override
        public int capacity(String key, Duration when) {
            return when.compareTo(at) < 0 ? 10 : 0;
        }

        @Override
        public Optional<HourlyPrice> price(String key, Duration when) {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> nextChange(String key, Duration when) {
            return when.compareTo(at) < 0 ? Optional.of(at) : Optional.empty();
        }
    }
}
