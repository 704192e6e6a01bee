package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The default placement against SpotHedge on days of a market that is made up from a seed: six zones, each with room
/// for three hours and without for one, by chance alone. That is the hardest case for a placement that trusts what
/// has lasted.
class SkyHedgeSimulation {
    private static final int DAYS = 6;
    private static final PaperProtocol PROTOCOL = PaperProtocol.DEFAULT;
    private static final List<MarketSeries> ZONES = List.of(
            MarketSeries.ofZone("a", "a-1"),
            MarketSeries.ofZone("b", "b-2"),
            MarketSeries.ofZone("c", "c-3"),
            MarketSeries.ofZone("d", "d-4"),
            MarketSeries.ofZone("e", "e-5"),
            MarketSeries.ofZone("f", "f-6"));

    private static List<Outcome> ours = List.of();
    private static List<Outcome> theirs = List.of();

    @BeforeAll
    static void play() {
        ours = play(PlacementSpec.Skyhedge.DEFAULT);
        theirs = play(new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0));
    }

    private static List<Outcome> play(PlacementSpec placement) {
        var shape = new SyntheticMarket.Shape(Duration.ofHours(3), Duration.ofHours(1), Optional.empty(), 6, 11);
        var market = new SyntheticMarket(ZONES, shape);
        var service = Declared.service("chat").in("*/*/*").with(placement).spec();
        return IntStream.range(0, DAYS)
                .mapToObj(day -> MarketWindow.of(
                        market, "made-up", (long) day * PROTOCOL.ticks(), PROTOCOL.ticks(), PROTOCOL.tick()))
                .map(window -> PaperRun.of(service, window, PROTOCOL, 1).outcome())
                .toList();
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElseThrow();
    }

    @Test
    void costsClearlyLess() {
        assertThat(mean(ours, Outcome::costShare)).isLessThan(mean(theirs, Outcome::costShare) - 0.02);
    }

    @Test
    void isNoLessAvailable() {
        assertThat(mean(ours, Outcome::full)).isGreaterThanOrEqualTo(mean(theirs, Outcome::full));
        assertThat(mean(ours, Outcome::capacity)).isGreaterThan(mean(theirs, Outcome::capacity) - 0.001);
        assertThat(mean(ours, Outcome::outage)).isLessThan(0.004);
    }

    @Test
    void theDearerAnOutageTheMoreIsPaidToAvoidIt() {
        List<Outcome> cheap = play(outageAt(0.5));
        List<Outcome> dear = play(outageAt(20));

        assertThat(mean(cheap, Outcome::costShare)).isLessThan(mean(dear, Outcome::costShare) - 0.01);
        assertThat(mean(cheap, Outcome::outage)).isGreaterThan(mean(dear, Outcome::outage) + 0.001);
    }

    /// In dollars a minute, where an hour of a spot replica costs one.
    private static PlacementSpec outageAt(double usdPerMinute) {
        return new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.999, OptionalDouble.of(usdPerMinute), true, 0);
    }
}
