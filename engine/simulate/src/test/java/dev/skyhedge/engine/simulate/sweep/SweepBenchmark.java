package dev.skyhedge.engine.simulate.sweep;

import dev.skyhedge.engine.sweep.Asha;
import dev.skyhedge.engine.sweep.HyperSched;
import dev.skyhedge.engine.sweep.RandomSearch;
import dev.skyhedge.engine.sweep.Scaling;
import dev.skyhedge.engine.sweep.SweepSettings;
import dev.skyhedge.engine.sweep.SweepSettings.Reallocation;
import dev.skyhedge.engine.sweep.TrialScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// The schedulers of sweeps on recorded learning curves: the best metric by each deadline, the mean over seeds, with
/// the number of trials that were begun. A deadline is in iterations of a configuration in the middle, on one atom.
public final class SweepBenchmark {
    private static final int ATOMS = 8;
    private static final int CONFIGURATIONS = 100;
    private static final int PARTS = 4;
    private static final int GRACE_PERIOD = 4;
    private static final int MAX_ITERATIONS = 120;
    private static final List<Integer> DEADLINES = List.of(20, 40, 80);
    private static final Scaling RESNET_50 = new Scaling(Map.of(2, 1.870, 4, 3.421, 8, 5.598));
    private static final String ASHA = "asha";
    private static final String PUBLISHED = "as published";
    private static final String OURS = "hypersched";
    private static final SequencedMap<String, Making> SCHEDULERS = new LinkedHashMap<>();

    static {
        SCHEDULERS.put("random", RandomSearch::new);
        SCHEDULERS.put(ASHA, Asha::new);
        SCHEDULERS.put(
                "as published", (settings, names) -> new HyperSched(settings, HyperSched.Variant.PUBLISHED, names));
        SCHEDULERS.put(
                "no resize",
                (settings, names) ->
                        new HyperSched(settings.with(Reallocation.NONE), HyperSched.Variant.MENDED, names));
        SCHEDULERS.put(OURS, (settings, names) -> new HyperSched(settings, HyperSched.Variant.MENDED, names));
    }

    private SweepBenchmark() {}

    private interface Making {
        TrialScheduler make(SweepSettings settings, List<String> names);
    }

    /// @param best mean of the best, signed so that more is better
    /// @param started mean number of trials that were begun
    private record Cell(double best, double started) {}

    /// Arguments: a directory of curves, then how many seeds, 3 unless told.
    public static void main(String[] arguments) throws IOException {
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Map<String, Integer> wins = new LinkedHashMap<>();
        int cells = 0;
        long begun = System.nanoTime();
        for (CurveSet set : CurveReader.readAll(Path.of(arguments[0]))) {
            for (int deadline : DEADLINES) {
                SequencedMap<String, Cell> row = row(set.refined(PARTS), deadline, seeds);
                print(set, deadline, row);
                cells++;
                double asha = cell(row, ASHA).best();
                row.forEach((name, cell) -> wins.merge(name, cell.best() > asha ? 1 : 0, Integer::sum));
            }
        }
        System.out.printf(
                Locale.ROOT, "as published better than asha in %d of %d%n", wins.getOrDefault(PUBLISHED, 0), cells);
        System.out.printf(Locale.ROOT, "wins against asha: %d of %d%n", wins.getOrDefault(OURS, 0), cells);
        System.out.printf(Locale.ROOT, "%.1f s%n", (System.nanoTime() - begun) / 1e9);
    }

    private static Cell cell(Map<String, Cell> row, String scheduler) {
        Cell cell = row.get(scheduler);
        if (cell == null) {
            throw new IllegalStateException("There is no scheduler " + scheduler);
        }
        return cell;
    }

    private static SequencedMap<String, Cell> row(CurveSet set, int deadline, int seeds) {
        SequencedMap<String, Cell> row = new LinkedHashMap<>();
        SCHEDULERS.forEach((name, making) -> {
            double[] best = new double[seeds];
            double[] started = new double[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                SweepOutcome outcome = run(set.sample(CONFIGURATIONS, seed + 1), deadline, making);
                best[seed] = outcome.best().map(SweepOutcome.Best::value).orElse(Double.NEGATIVE_INFINITY);
                started[seed] = outcome.started();
            }
            row.put(
                    name,
                    new Cell(
                            Arrays.stream(best).average().orElseThrow(),
                            Arrays.stream(started).average().orElseThrow()));
        });
        return row;
    }

    private static SweepOutcome run(CurveSet set, int deadline, Making making) {
        double median = set.medianIterationSeconds();
        SweepSettings settings = SweepSettings.published(
                ATOMS, deadline * median, GRACE_PERIOD, MAX_ITERATIONS, List.of(1, 2, 4, 8), RESNET_50);
        List<String> names = set.curves().stream().map(LearningCurve::trial).toList();
        return new SweepSimulation(making.make(settings, names), settings, 2 * median, set.curves()).run();
    }

    private static void print(CurveSet set, int deadline, SequencedMap<String, Cell> row) {
        List<String> words = new ArrayList<>();
        row.forEach((name, cell) -> words.add(
                String.format(Locale.ROOT, "%s %.4f (%.0f trials)", name, set.metric(cell.best()), cell.started())));
        System.out.printf(
                Locale.ROOT,
                "%-32s deadline %2d, %s is better: %s%n",
                set.workload(),
                deadline,
                set.maximized() ? "more" : "less",
                String.join(", ", words));
    }
}
