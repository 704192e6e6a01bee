package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.simulate.MarketSource;
import dev.skyhedge.engine.simulate.event.Beginning;
import dev.skyhedge.engine.simulate.event.EventOutcome;
import dev.skyhedge.engine.simulate.event.EventSimulation;
import dev.skyhedge.engine.simulate.event.FleetCourse;
import dev.skyhedge.engine.simulate.event.Lags;
import dev.skyhedge.engine.simulate.event.MarketCloud;
import dev.skyhedge.engine.simulate.event.PriceBook;
import dev.skyhedge.engine.simulate.event.RecordedTime;
import dev.skyhedge.engine.simulate.event.Steps;
import dev.skyhedge.engine.simulate.forecast.Forecast.Range;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.market.RecordedMarket;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.HistoryEntry;
import dev.skyhedge.state.store.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// How honest forecasts are: a service runs through a whole recording, and at many points of it a forecast
/// is made from what its state knows by then. Says how often the day that followed stayed within the range,
/// which claims 8 of 10. Not a test: give directories of recorded markets; `every=H` for the hours between
/// two forecasts, `first=H` for the hours before the first one.
final class ForecastCalibration {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Retention EVERYTHING = new Retention(10_000_000, 100, Duration.ofDays(3_650));
    private static final int MAX_CHANGES = 20_000;
    private static final int WANTED = 3;
    private static final double MICRO_HOURS = 3_600e6;

    private ForecastCalibration() {}

    /// @param at since the beginning of the recording
    private record Made(Duration at, Forecast.Expected forecast) {}

    private record Day(double usd, double full) {}

    public static void main(String[] arguments) {
        Duration every = hours(arguments, "every", 24);
        Duration first = hours(arguments, "first", 24);
        System.out.printf(
                "%-32s %5s   %-34s   %-34s%n",
                "recording", "days", "cost: within, below, above", "full: within, below, above");
        List<Made> all = new ArrayList<>();
        List<Day> followed = new ArrayList<>();
        for (String directory :
                Stream.of(arguments).filter(text -> !text.contains("=")).toList()) {
            List<Made> made = new ArrayList<>();
            List<Day> days = new ArrayList<>();
            play(MarketSource.open(directory), every, first, made, days);
            print(directory.substring(directory.lastIndexOf('/') + 1), made, days);
            all.addAll(made);
            followed.addAll(days);
        }
        print("all", all, followed);
    }

    private static Duration hours(String[] arguments, String name, int otherwise) {
        return Duration.ofHours(Stream.of(arguments)
                .filter(text -> text.startsWith(name + "="))
                .map(text -> Integer.parseInt(text.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise));
    }

    private static void play(MarketSource source, Duration every, Duration first, List<Made> made, List<Day> followed) {
        ServiceSpec service = Declared.service("chat")
                .wants(WANTED)
                .with(PlacementSpec.Skyhedge.DEFAULT)
                .spec();
        MarketCloud placed = MarketCloud.of(
                service, source.cloud(), RecordedTime.market(source), START, PriceBook.ratio(3), Lags.DEFAULT, 1);
        var simulation = new EventSimulation(
                new EventSimulation.Settings(
                        placed.spec(),
                        placed.description(),
                        START,
                        Lags.DEFAULT,
                        Optional.empty(),
                        Duration.ofMinutes(10),
                        1),
                Beginning.EMPTY,
                EVERYTHING);
        Duration length = source.inTime() instanceof RecordedMarket recorded
                ? recorded.series().stream()
                        .map(series -> recorded.length(series.key()))
                        .min(Duration::compareTo)
                        .orElseThrow()
                : source.length();
        Duration at = first;
        for (; at.plus(Forecaster.LENGTH).compareTo(length) <= 0; at = at.plus(every)) {
            simulation.runTo(START.plus(at));
            World world = simulation.world();
            var question = new Forecaster.Question(
                    placed.spec().services().firstEntry().getValue(),
                    WANTED,
                    world,
                    experience(simulation, world),
                    Duration.ofMinutes(1));
            made.add(new Made(at, (Forecast.Expected) Forecaster.run(question, Forecaster.DAYS, () -> {})));
        }
        Duration until = at.minus(every).plus(Forecaster.LENGTH);
        simulation.runTo(START.plus(until));
        EventOutcome outcome = simulation.outcome(until);
        for (Made one : made) {
            followed.add(day(outcome.fleet(), one.at(), one.at().plus(Forecaster.LENGTH)));
        }
    }

    private static Experience experience(EventSimulation simulation, World world) {
        List<ReplicaRecord> past = new ArrayList<>();
        for (HistoryEntry entry :
                simulation.state().history(Long.MAX_VALUE, MAX_CHANGES).reversed()) {
            entry.replica().ifPresent(past::add);
        }
        return Experience.of(past, world.zoneHealth(), world.now());
    }

    private static Day day(FleetCourse fleet, Duration from, Duration to) {
        double usd = 0;
        double full = 0;
        List<Steps> ready = Stream.concat(
                        fleet.spot().stream().map(FleetCourse.SpotCourse::ready), Stream.of(fleet.onDemandReady()))
                .toList();
        List<Duration> changes = Stream.concat(ready.stream(), Stream.of(fleet.spending()))
                .flatMap(steps -> steps.steps().stream().map(Steps.Step::at))
                .filter(at -> at.compareTo(from) > 0 && at.compareTo(to) < 0)
                .sorted()
                .distinct()
                .toList();
        for (int i = 0; i <= changes.size(); i++) {
            Duration begins = i == 0 ? from : changes.get(i - 1);
            double seconds =
                    (i == changes.size() ? to : changes.get(i)).minus(begins).toMillis() / 1e3;
            usd += seconds * at(fleet.spending(), begins) / MICRO_HOURS;
            full += ready.stream().mapToLong(steps -> at(steps, begins)).sum() >= WANTED ? seconds : 0;
        }
        return new Day(usd, full / to.minus(from).toSeconds());
    }

    private static long at(Steps steps, Duration time) {
        int low = 0;
        int high = steps.steps().size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (steps.steps().get(middle).at().compareTo(time) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : steps.steps().get(low - 1).value();
    }

    private static void print(String name, List<Made> made, List<Day> days) {
        System.out.printf(
                "%-32s %5d   %-34s   %-34s%n",
                name,
                days.size(),
                coverage(made, days, Forecast.Expected::usd, Day::usd, 1),
                coverage(made, days, Forecast.Expected::full, Day::full, 100));
    }

    private static String coverage(
            List<Made> made,
            List<Day> days,
            java.util.function.Function<Forecast.Expected, Range> range,
            ToDoubleFunction<Day> figure,
            double scale) {
        int below = 0;
        int above = 0;
        double expected = 0;
        double came = 0;
        double width = 0;
        for (int i = 0; i < days.size(); i++) {
            Range foreseen = range.apply(made.get(i).forecast());
            double value = figure.applyAsDouble(days.get(i));
            below += value < foreseen.low() ? 1 : 0;
            above += value > foreseen.high() ? 1 : 0;
            expected += foreseen.mean();
            came += value;
            width += foreseen.high() - foreseen.low();
        }
        double n = Math.max(1, days.size());
        return "%3.0f %3.0f %3.0f %% (%.2f for %.2f, wide %.2f)"
                .formatted(
                        100 * (n - below - above) / n,
                        100 * below / n,
                        100 * above / n,
                        scale * expected / n,
                        scale * came / n,
                        scale * width / n);
    }
}
