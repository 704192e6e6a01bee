package dev.skyhedge.engine.simulate.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.simulate.event.Beginning;
import dev.skyhedge.engine.simulate.event.EventSimulation;
import dev.skyhedge.engine.simulate.event.Lag;
import dev.skyhedge.engine.simulate.event.Lags;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.HistoryEntry;
import dev.skyhedge.state.store.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The market of the cloud in a box, whose zones come and go within a minute: far from what real ones do, and the
/// first that people meet.
class RestlessMarketForecastTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SEEN = Duration.ofMinutes(10);
    private static final Duration PLAYED = Duration.ofHours(3);
    private static final Retention EVERYTHING = new Retention(10_000_000, 100, Duration.ofDays(3_650));
    private static final int WANTED = 3;
    private static final double MICRO = 1e6;

    @Test
    void tenMinutesAreEnoughToForeseeWhatADayCosts() {
        for (int seed = 1; seed <= 3; seed++) {
            EventSimulation simulation = simulation(seed);
            simulation.runTo(START.plus(SEEN));
            Forecast.Expected forecast = forecast(simulation);
            simulation.runTo(START.plus(PLAYED));

            double days = (double) PLAYED.toMillis() / Duration.ofDays(1).toMillis();
            double usd = simulation.outcome(PLAYED).bill().microDollars() / MICRO / days;
            double full = simulation.outcome(PLAYED).availability().full();
            assertThat(forecast.usd().mean()).as("usd, seed %d", seed).isBetween(usd / 1.5, usd * 1.5);
            assertThat(forecast.usd().low()).isLessThan(usd);
            assertThat(forecast.usd().high()).isGreaterThan(usd / 1.1);
            assertThat(forecast.full().low()).as("full, seed %d", seed).isLessThan(full + 0.05);
            assertThat(forecast.preemptions().mean())
                    .as("preemptions, seed %d", seed)
                    .isBetween(preemptions(simulation) / days / 2.5, preemptions(simulation) / days * 1.5);
        }
    }

    private static Forecast.Expected forecast(EventSimulation simulation) {
        World world = simulation.world();
        List<ReplicaRecord> past = new ArrayList<>();
        for (HistoryEntry entry :
                simulation.state().history(Long.MAX_VALUE, 20_000).reversed()) {
            entry.replica().ifPresent(past::add);
        }
        Experience experience = Experience.of(past, world.zoneHealth(), world.now());
        var question = new Forecaster.Question(service().spec(), WANTED, world, experience, Duration.ZERO);
        return (Forecast.Expected) Forecaster.run(question, Forecaster.DAYS, () -> {});
    }

    /// As the state counts them: with a notice most have ended before they are taken.
    private static int preemptions(EventSimulation simulation) {
        Set<String> lost = new HashSet<>();
        for (HistoryEntry entry : simulation.state().history(Long.MAX_VALUE, 10_000_000)) {
            entry.replica()
                    .filter(row -> row.lifecycle() == Lifecycle.PREEMPTED)
                    .ifPresent(row -> lost.add(row.name() + "#" + row.generation()));
        }
        return lost.size();
    }

    private static Declared service() {
        return Declared.service("embed").in("local/*/*").wants(WANTED).spotHedge(1, true, 0);
    }

    private static EventSimulation simulation(long seed) {
        List<MarketSeries> series = new ArrayList<>();
        List<Listing> listings = new ArrayList<>();
        int cheap = 0;
        for (String place :
                List.of("east/east-a", "east/east-b", "west/west-a", "west/west-b", "north/north-a", "north/north-b")) {
            Location location = Location.parse("local/" + place);
            series.add(new MarketSeries(place, location.region(), location.zone(), Optional.empty()));
            listings.add(new Listing(
                    "small",
                    Accelerator.parse("CPU:1"),
                    location,
                    Optional.of(HourlyPrice.ofUsd("0.10")),
                    HourlyPrice.ofUsd("0.03" + cheap++),
                    Optional.of(place)));
        }
        var market = new SyntheticMarket(
                series,
                new SyntheticMarket.Shape(Duration.ofSeconds(45), Duration.ofSeconds(20), Optional.empty(), 4, seed));
        CloudRules rules = CloudRules.calm()
                .withNotice(Duration.ofSeconds(5))
                .withVictims(CloudRules.Victims.RANDOM)
                .withBilledAtLeast(Duration.ZERO);
        return new EventSimulation(
                new EventSimulation.Settings(
                        Declared.all(service()),
                        new CloudDescription("local", listings, market, START, rules, new SplittableRandom(seed)),
                        START,
                        quick(),
                        Optional.empty(),
                        Duration.ZERO,
                        seed),
                Beginning.EMPTY,
                EVERYTHING);
    }

    private static Lags quick() {
        var call = new Lag.Uniform(Duration.ofMillis(5), Duration.ofMillis(30));
        var boot = new Lag.Uniform(Duration.ofMillis(1_500), Duration.ofMillis(2_500));
        var start = new Lag.Uniform(Duration.ofSeconds(4), Duration.ofSeconds(7));
        return new Lags(
                call, call, boot, boot, start, new Lag.Constant(Duration.ofMillis(20)), Duration.ofSeconds(5), 1);
    }
}
