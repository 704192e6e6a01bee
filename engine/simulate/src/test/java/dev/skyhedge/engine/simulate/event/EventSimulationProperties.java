package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.workload.Workload;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.specs.PlacementSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventSimulationProperties {
    private static final Duration LENGTH = Duration.ofHours(2);
    private static final Lags NOTICED = Lags.DEFAULT.withNotice(Duration.ofSeconds(30), 0.5);

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE)
    void everyRequestEndsOrIsStillThere(
            @ForAll("services") Declared service, @ForAll("workloads") Workload workload, @ForAll("seeds") long seed) {
        var simulation = new EventSimulation(settings(service, Scenes.restless(seed), workload, seed));

        RequestCounts counts = simulation.run(LENGTH).requests();

        assertThat(counts.arrived()).isPositive();
        assertThat(simulation.requests().orElseThrow().countInProgress()).isEqualTo(counts.inProgress());
        assertThat(counts.answered() + counts.failed() + counts.timedOut() + counts.inProgress())
                .isEqualTo(counts.arrived());
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE)
    void everyLaunchedInstanceIsBilledUntilItEnds(
            @ForAll("services") Declared service, @ForAll("workloads") Workload workload, @ForAll("seeds") long seed) {
        var simulation = new EventSimulation(settings(service, Scenes.restless(seed), workload, seed));

        EventOutcome outcome = simulation.run(LENGTH);

        Instant end = Scenes.START.plus(LENGTH);
        List<Rental> rentals = simulation.ledger().rentals();
        long atLeast = rentals.stream()
                .mapToLong(rental -> Duration.between(
                                rental.launchedAt(),
                                rental.end().map(how -> how.at()).orElse(end))
                        .toSeconds())
                .sum();
        Bill bill = outcome.bill();
        assertThat(bill.rentals()).isEqualTo(rentals.size());
        assertThat(bill.spotSeconds() + bill.onDemandSeconds()).isBetween(atLeast, atLeast + 60L * rentals.size());
        assertThat(outcome.decisions().stream()
                        .filter(decision -> decision.reason().contains("adopted"))
                        .toList())
                .as("instances that nobody had decided on")
                .isEmpty();
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void theSameSeedGivesTheSameOutcome(
            @ForAll("services") Declared service, @ForAll("workloads") Workload workload, @ForAll("seeds") long seed) {
        var once = EventSimulation.run(settings(service, Scenes.restless(seed), workload, seed), LENGTH);
        var again = EventSimulation.run(settings(service, Scenes.restless(seed), workload, seed), LENGTH);

        assertThat(again.toString()).isEqualTo(once.toString());
    }

    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE)
    void noPolicySeesTheFuture(
            @ForAll("services") Declared service,
            @ForAll("workloads") Workload workload,
            @ForAll("seeds") long seed,
            @ForAll("seeds") long otherSeed) {
        Duration fork = Duration.ofHours(1);
        MarketTrace market = Scenes.restless(seed);
        MarketTrace other = new SplicedMarket(market, Scenes.restless(otherSeed), fork);

        var one = EventSimulation.run(settings(service, market, workload, seed), LENGTH);
        var two = EventSimulation.run(settings(service, other, workload, seed), LENGTH);

        Instant until = Scenes.START.plus(fork);
        assertThat(before(until, two)).isEqualTo(before(until, one)).isNotEmpty();
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void whatIsNotToldWouldChangeNothing(
            @ForAll("services") Declared service, @ForAll("workloads") Workload workload, @ForAll("seeds") long seed) {
        // Constant lags: a message more or less must not shift what is drawn for the next one.
        Lags lags = Lags.constant(Duration.ofMillis(700), Duration.ofSeconds(90));
        Optional<TrafficSettings> asked = Optional.of(Scenes.asked(workload, ServiceTime.exponential(8), 2));
        var told = new EventSimulation(Scenes.settings(service, Scenes.restless(seed), lags, asked, seed));
        told.tellAll();

        EventOutcome everything = told.run(LENGTH);
        EventOutcome news =
                EventSimulation.run(Scenes.settings(service, Scenes.restless(seed), lags, asked, seed), LENGTH);

        assertThat(news.steps()).isLessThan(everything.steps());
        assertThat(news.decisions()).isEqualTo(everything.decisions());
        assertThat(news.bill()).isEqualTo(everything.bill());
        assertThat(news.requests()).isEqualTo(everything.requests());
    }

    private static List<Decision> before(Instant until, EventOutcome outcome) {
        List<Decision> decisions = new ArrayList<>(outcome.decisions());
        decisions.removeIf(decision -> !decision.at().isBefore(until));
        return decisions;
    }

    private static EventSimulation.Settings settings(
            Declared service, MarketTrace market, Workload workload, long seed) {
        return Scenes.settings(
                service, market, NOTICED, Optional.of(Scenes.asked(workload, ServiceTime.exponential(8), 2)), seed);
    }

    @Provide
    Arbitrary<Declared> services() {
        return Arbitraries.of(
                Scenes.chat(),
                Scenes.scaledChat(),
                Scenes.chat().spotHedge(0, false, 0),
                Scenes.chat().with(new PlacementSpec.OnDemand()),
                Scenes.chat().with(new PlacementSpec.EvenSpread()),
                Scenes.chat().with(new PlacementSpec.RoundRobin()));
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Arbitraries.of(
                new Workload.Poisson(0.3, Scenes.SHORT),
                new Workload.Constant(0.2, Scenes.SHORT),
                new Workload.Bursty(0.3, Scenes.SHORT));
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 1_000_000);
    }
}
