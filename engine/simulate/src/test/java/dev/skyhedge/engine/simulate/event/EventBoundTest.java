package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.simulate.Bound;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventBoundTest {
    private static final Duration LENGTH = Duration.ofHours(6);

    private static Optional<Bound> bound(Declared service, MarketTrace market, Duration length) {
        return EventBound.of(
                service.spec(),
                MarketCloud.of(service.spec(), "sim", market, Scenes.START, PriceBook.ratio(3), Lags.DEFAULT, 1),
                Lags.DEFAULT,
                length);
    }

    @Test
    void inACalmMarketItIsSpotThroughout() {
        Bound bound = bound(Scenes.chat(), Scenes.calm(), LENGTH).orElseThrow();

        // Three replicas at one dollar.
        assertThat(bound.objective()).isCloseTo(18e6, within(1.0));
    }

    @Test
    void isLowerThanWhatAnyPolicyPaidThatWasNeverShort() {
        MarketTrace market = Scenes.restless(5);
        EventOutcome onDemand = EventSimulation.run(
                Scenes.settings(Scenes.chat().spotHedge(0, true, 3), market, Lags.DEFAULT, Optional.empty(), 5),
                LENGTH);

        Bound bound = bound(Scenes.chat(), market, LENGTH).orElseThrow();

        assertThat(onDemand.availability().full()).isEqualTo(1);
        assertThat(bound.objective())
                .isGreaterThan(18e6)
                .isLessThan(onDemand.bill().microDollars());
    }

    @Test
    void isNotThereWhereItWouldNotBeOne() {
        assertThat(bound(Scenes.scaledChat(), Scenes.calm(), LENGTH)).isEmpty();
        assertThat(bound(Scenes.chat(), Scenes.calm(), Duration.ofDays(5))).isEmpty();
        assertThat(bound(Scenes.chat(), Scenes.calm(), Duration.ofSeconds(20))).isEmpty();
    }
}
