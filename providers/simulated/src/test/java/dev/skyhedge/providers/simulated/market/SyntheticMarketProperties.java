package dev.skyhedge.providers.simulated.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class SyntheticMarketProperties {
    private static final List<MarketSeries> ZONES = List.of(
            MarketSeries.ofZone("east", "east-a"),
            MarketSeries.ofZone("east", "east-b"),
            MarketSeries.ofZone("west", "west-a"));
    private static final Duration UP = Duration.ofMinutes(10);
    private static final Duration DOWN = Duration.ofMinutes(5);

    @Property(tries = 30)
    void answersDoNotDependOnTheOrderOfQuestions(@ForAll long seed, @ForAll @LongRange(max = 1_000) long minute) {
        MarketTrace asked = market(seed, Optional.empty());
        asked.capacity("east-a", Duration.ofDays(3));
        asked.nextChange("west-a", Duration.ofDays(2));

        assertThat(asked.capacity("east-a", Duration.ofMinutes(minute)))
                .isEqualTo(market(seed, Optional.empty()).capacity("east-a", Duration.ofMinutes(minute)));
    }

    @Property(tries = 20)
    void nothingChangesBeforeTheNextChange(@ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 50) double speed) {
        MarketTrace market = new FasterMarket(market(seed, Optional.of(Duration.ofHours(1))), speed);
        Duration at = Duration.ZERO;
        for (int i = 0; i < 100; i++) {
            Duration next = market.nextChange("east-a", at).orElseThrow();
            assertThat(next).isGreaterThan(at);
            Duration middle = at.plus(next.minus(at).dividedBy(2));
            assertThat(market.capacity("east-a", middle)).isEqualTo(market.capacity("east-a", at));
            at = next;
        }
    }

    @Property(tries = 5)
    void isUpForTheShareThatItsMeansSay(@ForAll @LongRange(max = 1_000) long seed) {
        assertThat(upShare(market(seed, Optional.empty()))).isBetween(0.62, 0.71);
    }

    @Property(tries = 5)
    void shocksTakeAllZonesOfARegionTogether(@ForAll @LongRange(max = 1_000) long seed) {
        MarketTrace market = new SyntheticMarket(
                ZONES, new SyntheticMarket.Shape(Duration.ofDays(10_000), DOWN, Optional.of(UP), 4, seed));
        int togetherDown = 0;
        int oneDown = 0;
        for (int minute = 0; minute < 10_000; minute++) {
            boolean a = market.capacity("east-a", Duration.ofMinutes(minute)) == 0;
            boolean b = market.capacity("east-b", Duration.ofMinutes(minute)) == 0;
            togetherDown += a && b ? 1 : 0;
            oneDown += a != b ? 1 : 0;
        }
        assertThat(togetherDown).isGreaterThan(1_000);
        assertThat(oneDown).isLessThan(togetherDown / 20);
    }

    private static double upShare(MarketTrace market) {
        int up = 0;
        int minutes = 60_000;
        for (int minute = 0; minute < minutes; minute++) {
            up += market.capacity("east-a", Duration.ofMinutes(minute)) > 0 ? 1 : 0;
        }
        return (double) up / minutes;
    }

    private static MarketTrace market(long seed, Optional<Duration> shockEvery) {
        return new SyntheticMarket(ZONES, new SyntheticMarket.Shape(UP, DOWN, shockEvery, 4, seed));
    }
}
