package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.specs.PlacementSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OmniscientBoundProperties {
    private static final double EXACT = 1e-6;

    private static PaperProtocol protocol(int target, int ticks, int coldStart) {
        return PaperProtocol.DEFAULT.withColdStart(coldStart).withTicks(ticks).withTarget(target);
    }

    private static double program(MarketWindow window, PaperProtocol protocol) {
        return OmniscientBound.byProgram(window, protocol).orElseThrow().objective();
    }

    @Property(tries = 40)
    void isWhatTryingEverythingFinds(
            @ForAll @IntRange(min = 1, max = 2) int zones,
            @ForAll @IntRange(min = 3, max = 8) int ticks,
            @ForAll @IntRange(min = 0, max = 2) int coldStart,
            @ForAll @IntRange(min = 1, max = 2) int target,
            @ForAll long seed) {
        // All plans of two zones and a long cold start are too many to try.
        MarketWindow window = Windows.drawn(coldStart == 2 ? 1 : zones, ticks, 2, 0.4, seed);
        PaperProtocol protocol = protocol(target, ticks, coldStart);

        assertThat(program(window, protocol)).isCloseTo(Exhaustion.cheapest(window, protocol), within(EXACT));
    }

    /// Two ways to the same number: a shortest path and a linear program.
    @Property(tries = 40)
    void isTheSameAsAPathAndAsAProgram(
            @ForAll @IntRange(min = 1, max = 4) int zones,
            @ForAll @IntRange(min = 0, max = 5) int coldStart,
            @ForAll @IntRange(min = 1, max = 3) int target,
            @ForAll long seed) {
        MarketWindow window = allOrNothing(Windows.drawn(zones, 60, 1, 0.15, seed));
        PaperProtocol protocol = protocol(target, 60, coldStart);

        Bound path = OmniscientBound.of(window, protocol).orElseThrow();

        assertThat(path.method()).isEqualTo(Bound.Method.SHORTEST_PATH);
        assertThat(path.objective()).isCloseTo(program(window, protocol), within(EXACT));
    }

    /// Both solutions tell when they spend what they spend.
    @Property(tries = 40)
    void itsSpendingAddsUpToItsCost(
            @ForAll @IntRange(min = 1, max = 4) int zones,
            @ForAll @IntRange(min = 0, max = 5) int coldStart,
            @ForAll boolean mayLack,
            @ForAll long seed) {
        MarketWindow window = allOrNothing(Windows.drawn(zones, 60, 1, 0.15, seed));
        PaperProtocol protocol = protocol(2, 60, coldStart);
        Bound path = mayLack
                ? OmniscientBound.atAvailability(window, protocol, 0.8).orElseThrow()
                : OmniscientBound.of(window, protocol).orElseThrow();
        Bound program = OmniscientBound.byProgram(window, protocol).orElseThrow();

        for (Bound bound : List.of(path, program)) {
            assertThat(spent(bound, 0)).isCloseTo(bound.objective(), within(EXACT));
            assertThat(spent(bound, coldStart)).isCloseTo(bound.cost(), within(EXACT));
        }
    }

    private static double spent(Bound bound, int from) {
        return IntStream.range(from, bound.spending().ticks())
                .mapToDouble(bound.spending()::at)
                .sum();
    }

    private static MarketWindow allOrNothing(MarketWindow window) {
        List<Counts> capacity = window.capacity().stream()
                .map(counts -> Counts.of(counts.stream()
                        .map(room -> room * MarketWindows.UNLIMITED)
                        .toArray()))
                .toList();
        return new MarketWindow(window.offset(), window.tick(), window.zones(), capacity);
    }

    @Property(tries = 30)
    void moreCapacityNeverCostsMore(@ForAll long seed, @ForAll long other) {
        MarketWindow window = Windows.drawn(3, 50, 2, 0.2, seed);
        MarketWindow extra = Windows.drawn(3, 50, 2, 0.2, other);
        List<Counts> capacity = new ArrayList<>();
        for (int zone = 0; zone < 3; zone++) {
            int[] room = new int[50];
            for (int t = 0; t < room.length; t++) {
                room[t] = window.capacity(zone, t) + extra.capacity(zone, t);
            }
            capacity.add(Counts.of(room));
        }
        MarketWindow more = new MarketWindow(0, window.tick(), window.zones(), capacity);
        PaperProtocol protocol = protocol(3, 50, 4);

        assertThat(program(more, protocol)).isLessThanOrEqualTo(program(window, protocol) + EXACT);
    }

    @Property(tries = 30)
    void aDroppedZoneNeverLowersIt(@ForAll long seed) {
        MarketWindow window = Windows.drawn(3, 50, 2, 0.2, seed);
        MarketWindow fewer = new MarketWindow(
                0,
                window.tick(),
                window.zones().subList(0, 2),
                window.capacity().subList(0, 2));
        PaperProtocol protocol = protocol(3, 50, 4);

        assertThat(program(fewer, protocol)).isGreaterThanOrEqualTo(program(window, protocol) - EXACT);
    }

    @Property(tries = 30)
    void growsWithThePriceOfOnDemand(@ForAll long seed) {
        MarketWindow window = Windows.drawn(3, 50, 2, 0.2, seed);
        PaperProtocol protocol = protocol(3, 50, 4);

        assertThat(program(window, protocol.withPrices(1, 10)))
                .isGreaterThanOrEqualTo(program(window, protocol.withPrices(1, 3)) - EXACT);
    }

    /// Whoever was ready at every tick without seeing the future paid no less, over all ticks.
    @Property(tries = 60)
    void nobodyWhoIsAlwaysReadyPaysLess(@ForAll long seed) {
        MarketWindow window = Windows.drawn(4, 80, 5, 0.02, seed);
        PaperProtocol protocol = Windows.protocol(2, 80);
        double bound = program(window, protocol);

        for (PlacementSpec placement : List.of(
                new PlacementSpec.OnDemand(), PlacementSpec.SpotHedge.DEFAULT, PlacementSpec.Skyhedge.DEFAULT)) {
            Run run = Windows.run(placement, window, 2);
            if (run.outcome().full() == 1) {
                double cost =
                        protocol.onDemandPrice() * run.timeline().onDemandHeld().sum();
                for (Counts zone : run.timeline().spotHeld()) {
                    cost += zone.sum();
                }
                assertThat(cost).isGreaterThanOrEqualTo(bound - EXACT);
            }
        }
    }

    @Property(tries = 20)
    void costsNoMoreWhereLessIsAskedFor(@ForAll long seed) {
        MarketWindow window = Windows.drawn(3, 60, 2, 0.2, seed);
        PaperProtocol protocol = protocol(2, 60, 4);

        Bound all = OmniscientBound.byProgram(window, protocol).orElseThrow();
        Bound some = OmniscientBound.atAvailability(window, protocol, 0.8).orElseThrow();

        assertThat(some.objective()).isLessThanOrEqualTo(all.objective() + EXACT);
        assertThat(some.full()).isGreaterThanOrEqualTo(0.8);
    }
}
