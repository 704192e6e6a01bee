package dev.skyhedge.engine.simulate.accelerators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.CheapestMix;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.QuickMixes;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.engine.accelerators.RequestRates;
import dev.skyhedge.engine.solver.LinearSolvers;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// One small accelerator for half a request per second and a dollar, a big one for four and five
/// dollars, an hour and more of requests that come as they should.
class FleetSimulationTest {
    private static final Bucket SIZE = new Bucket(100, 100);
    private static final Location ZONE = Location.parse("cloud/region/zone");
    private static final Rental SMALL = new Rental(Accelerator.parse("L4"), ZONE, Market.ON_DEMAND);
    private static final Rental BIG = new Rental(Accelerator.parse("H100"), ZONE, Market.ON_DEMAND);
    private static final Profile PROFILE = new Profile(new TreeMap<>(Map.of(
            SMALL.accelerator(), new TreeMap<>(Map.of(SIZE, 0.5)),
            BIG.accelerator(), new TreeMap<>(Map.of(SIZE, 4.0)))));
    private static final SortedMap<Rental, RentalTerms> TERMS =
            new TreeMap<>(Map.of(SMALL, RentalTerms.at(1), BIG, RentalTerms.at(5)));
    private static final Problem AT_ONE =
            new Problem(PROFILE, RequestRates.of(Map.of(SIZE, 1), 1, 0), TERMS, Problem.Rules.FREE);

    private static QuickMixes mixer(Problem problem) {
        return new QuickMixes(new CheapestMix(LinearSolvers.open().solver()), Limits.EXACT, problem, 0.05);
    }

    private static FleetSimulation simulation(Integer... perMinute) {
        List<SortedMap<Bucket, Integer>> windows = new ArrayList<>();
        for (int count : perMinute) {
            windows.add(new TreeMap<>(Map.of(SIZE, count)));
        }
        return new FleetSimulation(PROFILE, TERMS, new Arrivals(windows), 0.1);
    }

    private static Integer[] minutes(int few, int first, int many, int then) {
        List<Integer> counts = new ArrayList<>(Collections.nCopies(few, first));
        counts.addAll(Collections.nCopies(many, then));
        return counts.toArray(Integer[]::new);
    }

    @Test
    void aSteadyLowRateIsServedByTheSmallOneForItsPrice() {
        FleetOutcome outcome = simulation(minutes(60, 24, 0, 0)).following(mixer(AT_ONE));

        assertThat(outcome.usd()).isCloseTo(1, within(1e-9));
        assertThat(outcome.attainment()).isEqualTo(1);
        assertThat(outcome.starts()).isZero();
    }

    @Test
    void aJumpIsMissedUntilReplicasAreReadyAndBothFleetsArePaid() {
        FleetOutcome outcome = simulation(minutes(30, 24, 30, 180)).following(mixer(AT_ONE));

        assertThat(outcome.starts()).isPositive();
        assertThat(outcome.attainment()).isBetween(0.8, 0.99);
        assertThat(outcome.usd()).isGreaterThan(0.5 + 0.45 * 5);
    }

    @Test
    void aFleetShrinksNoSoonerThanTwentyMinutesAfterwards() {
        FleetOutcome outcome = simulation(minutes(10, 180, 50, 24)).following(mixer(AT_ONE));

        assertThat(outcome.usd()).isBetween(30 / 60.0 * 5, 38 / 60.0 * 5 + 30 / 60.0);
        assertThat(outcome.attainment()).isEqualTo(1);
    }

    @Test
    void aFleetForThePeakIsPaidAllTheTime() {
        FleetOutcome outcome = simulation(minutes(30, 24, 30, 180)).forPeak(mixer(AT_ONE));

        assertThat(outcome.usd()).isCloseTo(5, within(1e-9));
        assertThat(outcome.attainment()).isEqualTo(1);
    }

    @Test
    void whoKnowsAllIsCheaperThanWhoFollows() {
        FleetSimulation simulation = simulation(minutes(30, 24, 30, 180));

        assertThat(simulation.omniscient(mixer(AT_ONE)))
                .isCloseTo(0.5 + 2.5, within(1e-9))
                .isLessThan(simulation.following(mixer(AT_ONE)).usd());
    }

    @Test
    void whatIsTooMuchForOneAcceleratorIsServedByAnotherWithRoom() {
        Problem both = AT_ONE.atRate(3.9).with(SMALL, new RentalTerms(1, 0, 0, 1, 1));
        var fleet = new CheapestMix(LinearSolvers.open().solver()).solve(both, Limits.EXACT);

        assertThat(fleet.replicas()).isEqualTo(Map.of(SMALL, 1, BIG, 1));
        assertThat(Routing.attained(PROFILE, fleet, new TreeMap<>(Map.of(SIZE, 270))))
                .isCloseTo(270, within(1e-6));
        assertThat(Routing.attained(PROFILE, fleet, new TreeMap<>(Map.of(SIZE, 540))))
                .isBetween(260.0, 280.0);
    }
}
