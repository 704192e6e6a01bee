package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.retraining.RecordedWindows;
import dev.skyhedge.engine.retraining.Situation;
import dev.skyhedge.engine.retraining.ThiefScheduler;
import dev.skyhedge.engine.simulate.pool.PoolWeek.Fleets;
import dev.skyhedge.engine.simulate.pool.PoolWeek.Found;
import dev.skyhedge.engine.simulate.pool.PoolWeek.Week;
import dev.skyhedge.engine.simulate.workload.RateCurve;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// A week of one pool beside three fleets: what each costs, with what comes of it.
final class PoolBenchmark {
    private static final List<String> FIVE = List.of("bochum", "bremen", "darmstadt", "stuttgart", "zurich");
    private static final int GPUS = 2;

    private PoolBenchmark() {}

    /// @param arguments the directory of the recorded cameras, and that of recorded request rates
    public static void main(String[] arguments) throws IOException {
        RecordedWindows recorded = new RecordedWindows(Path.of(arguments[0]));
        List<Situation> windows = RecordedWindows.WINDOWS.stream()
                .map(window -> recorded.window(FIVE, window, 1))
                .toList();
        var retraining = new RetrainedWindows(new ThiefScheduler(ThiefScheduler.USUAL_WORK), windows);
        print("a day that is made up", madeUpDay(), retraining);
        if (arguments.length > 1) {
            Path rates = Path.of(arguments[1]);
            print("a model's week", rates(rates.resolve("servegen_m-large_rate.csv.gz"), 600, 7 * 144), retraining);
            Path functions = rates.resolve("azure_functions_2019_1000fn_per_minute.csv.gz");
            print("a day of functions, by the minute", rates(functions, 60, 1440), retraining);
        }
    }

    private static void print(String name, RateCurve rates, RetrainedWindows retraining) {
        for (int machines : List.of(1, 4)) {
            for (int minutes : List.of(2, 10)) {
                System.out.printf(
                        Locale.ROOT,
                        "%s, %d machines' work in the mean, a machine is there after %d minutes%n",
                        name,
                        machines,
                        minutes);
                print(new PoolWeek(rates.scaledTo(machines), retraining, GPUS, Duration.ofMinutes(minutes), 7));
            }
        }
    }

    private static void print(PoolWeek week) {
        week.fleets()
                .ifPresentOrElse(
                        fleets -> print(week, fleets),
                        () -> System.out.println("  a fleet alone does not reach the aim at any load that was tried"));
    }

    private static void print(PoolWeek week, Fleets fleets) {
        Week alone = fleets.together();
        Optional<Found> pool = week.cheapestPool(fleets);
        System.out.printf(
                Locale.ROOT,
                "  three fleets: %s%n    service %.0f at a load of %.3f, sweeps %.0f, streams %.0f machine-hours%n",
                text(alone),
                fleets.service().outcome().machineHours(),
                fleets.target(),
                fleets.sweep().outcome().machineHours(),
                fleets.streams().outcome().machineHours());
        pool.ifPresentOrElse(
                found -> System.out.printf(
                        Locale.ROOT,
                        "  pool:         %s%n    %s%n  pool / three fleets: %.3f%n",
                        text(found.week()),
                        found.choice().text(),
                        found.week().outcome().usd() / alone.outcome().usd()),
                () -> System.out.println("  pool: none of those that were tried is as good"));
    }

    private static String text(Week week) {
        return String.format(
                Locale.ROOT,
                "%.0f machine-hours, $%.0f, attainment %.4f, accuracy %.4f, deadlines %d of %d",
                week.outcome().machineHours(),
                week.outcome().usd(),
                week.attainment(),
                week.accuracy(),
                week.met(),
                week.sweeps());
    }

    private static RateCurve madeUpDay() {
        double[] rates = IntStream.range(0, 1440)
                .mapToDouble(i -> 1
                        - 0.7 * Math.cos(2 * Math.PI * i / 1440)
                        + 0.12 * Math.sin(i * 0.21)
                        + 0.08 * Math.sin(i * 0.047))
                .toArray();
        return new RateCurve(60_000_000_000L, rates);
    }

    /// Of the second column.
    private static RateCurve rates(Path file, int seconds, int rows) throws IOException {
        try (var text = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            double[] rates = text.lines()
                    .skip(1)
                    .limit(rows)
                    .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
                    .toArray();
            return new RateCurve(seconds * 1_000_000_000L, rates);
        }
    }
}
