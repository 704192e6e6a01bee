package dev.skyhedge.engine.simulate.accelerators;

import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.CheapestMix;
import dev.skyhedge.engine.accelerators.DecomposedMix;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.LinearSolver;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.QuickMixes;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.engine.accelerators.RequestRates;
import dev.skyhedge.engine.accelerators.Ticks;
import dev.skyhedge.engine.solver.LinearSolvers;
import dev.skyhedge.engine.solver.ProfileReader;
import dev.skyhedge.engine.solver.ProfileReader.PricedProfile;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/// Every file of lengths under every curve of rates: what a mix costs that follows the rate,
/// beside each accelerator alone that does, the best of them at the size of the peak, and who
/// knows all.
public final class AcceleratorsBenchmark {
    private static final double HEADROOM = 0.1;

    /// What all fleets are to attain; less on a curve where the best single type attains less with
    /// [#HEADROOM].
    private static final double GOAL = 0.995;

    private static final double START_SHARE = 0.2;
    private static final int SLICES = 4;
    private static final int DAY = 1440;
    private static final String CHAT = "sharegpt";
    private static final String DOCUMENTS = "arxiv_summarization";
    private static final Limits LIMITS = new Limits(Duration.ofMillis(300), 1e-3);

    private final PricedProfile table;
    private final LinearSolver programs = LinearSolvers.open().solver();
    private final DecomposedMix solver = new DecomposedMix(programs);

    private AcceleratorsBenchmark(PricedProfile table) {
        this.table = table;
    }

    /// Arguments: a directory with `gpu-profiles` and `workloads`; the mean rate in requests per
    /// second, 4 unless told.
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        double rate = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 4;
        PricedProfile table = ProfileReader.profile(data.resolve("gpu-profiles/derived_llama2-7b_tpot120_4gpu.csv"));
        Ticks ticks = Ticks.of(table.profile().buckets());
        SortedMap<String, SortedMap<Bucket, Double>> lengths = new TreeMap<>();
        SortedMap<String, List<Double>> curves = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> found = Files.list(data.resolve("workloads"))) {
            files = found.filter(file -> file.toString().contains(".csv"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            read(file, ticks, lengths, curves);
        }
        if (lengths.containsKey(CHAT) && lengths.containsKey(DOCUMENTS)) {
            lengths.put("mixed", mixed(lengths));
        }
        AcceleratorsBenchmark benchmark = new AcceleratorsBenchmark(table);
        String only = arguments.length > 2 ? arguments[2] : "";
        for (Map.Entry<String, SortedMap<Bucket, Double>> sizes : lengths.entrySet()) {
            for (Map.Entry<String, List<Double>> curve : curves.entrySet()) {
                String name = sizes.getKey() + " by " + curve.getKey();
                if (name.matches(".*(" + only + ").*")) {
                    benchmark.run(name, sizes.getValue(), scaled(curve.getValue(), rate));
                }
            }
        }
    }

    private static void read(
            Path file, Ticks ticks, Map<String, SortedMap<Bucket, Double>> lengths, Map<String, List<Double>> curves)
            throws IOException {
        String name = file.getFileName().toString().replaceAll("(_lengths|_rate)?\\.csv(\\.gz)?$", "");
        List<Map<String, String>> rows = ProfileReader.rows(file);
        Map<String, String> first = rows.getFirst();
        if (first.containsKey("input_tokens")) {
            SortedMap<Bucket, Double> weights = new TreeMap<>();
            double all = rows.size();
            ProfileReader.lengths(file, ticks).forEach((bucket, count) -> weights.put(bucket, count / all));
            lengths.put(name, weights);
        } else if (first.containsKey("rate_rps")) {
            curves.put(name, minutes(rows, "rate_rps", 10));
        } else if (first.containsKey("total")) {
            curves.put(name, minutes(rows, "total", 1));
        }
    }

    /// The first day of a curve, by minute; the same for all minutes of a row.
    private static List<Double> minutes(List<Map<String, String>> rows, String column, int each) throws IOException {
        List<Double> minutes = new ArrayList<>();
        for (Map<String, String> row : rows) {
            for (int i = 0; i < each && minutes.size() < DAY; i++) {
                minutes.add(Double.valueOf(ProfileReader.cell(row, column)));
            }
        }
        return minutes;
    }

    private static List<Double> scaled(List<Double> curve, double mean) {
        double now = curve.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return curve.stream().map(rate -> rate / now * mean).toList();
    }

    /// Four conversations to one document.
    private static SortedMap<Bucket, Double> mixed(Map<String, SortedMap<Bucket, Double>> lengths) {
        SortedMap<Bucket, Double> mixed = new TreeMap<>();
        lengths.getOrDefault(CHAT, new TreeMap<>())
                .forEach((bucket, share) -> mixed.merge(bucket, 0.8 * share, Double::sum));
        lengths.getOrDefault(DOCUMENTS, new TreeMap<>())
                .forEach((bucket, share) -> mixed.merge(bucket, 0.2 * share, Double::sum));
        return mixed;
    }

    private record Single(Accelerator accelerator, TunedFleet following, FleetOutcome peak) {}

    private void run(String name, SortedMap<Bucket, Double> sizes, List<Double> curve) {
        SortedMap<Rental, RentalTerms> rentals = new TreeMap<>();
        table.usdPerHour()
                .forEach((accelerator, price) -> rentals.put(
                        new Rental(accelerator, Location.parse("cloud/region/zone"), Market.ON_DEMAND),
                        RentalTerms.at(price)));
        Problem atOne = new Problem(table.profile(), RequestRates.of(sizes, 1, 0), rentals, rulesOf());
        Arrivals arrivals = Arrivals.draw(curve, sizes, new Random(1));
        SortedMap<Accelerator, QuickMixes> alone = new TreeMap<>();
        for (Accelerator accelerator :
                new CheapestMix(programs).singles(atOne, LIMITS).keySet()) {
            alone.put(
                    accelerator, mixer(atOne.only(rental -> rental.accelerator().equals(accelerator))));
        }
        DoubleFunction<FleetSimulation> with =
                headroom -> new FleetSimulation(table.profile(), rentals, arrivals, headroom);
        FleetSimulation usual = with.apply(HEADROOM);
        double goal = alone.values().stream()
                .map(usual::following)
                .min(Comparator.comparingDouble(FleetOutcome::usd))
                .map(outcome -> Math.min(GOAL, outcome.attainment()))
                .orElseThrow();
        List<Single> singles = new ArrayList<>();
        alone.forEach((accelerator, one) -> singles.add(new Single(
                accelerator,
                TunedFleet.to(goal, headroom -> with.apply(headroom).following(one)),
                usual.forPeak(one))));
        QuickMixes mixer = mixer(atOne);
        TunedFleet mix = TunedFleet.to(goal, headroom -> with.apply(headroom).following(mixer));
        print(name, goal, mix, singles, usual.omniscient(mixer));
    }

    private QuickMixes mixer(Problem atOne) {
        return new QuickMixes(solver, LIMITS, atOne, START_SHARE);
    }

    private static Problem.Rules rulesOf() {
        return new Problem.Rules(SLICES, 0, RentalTerms.UNBOUNDED, Problem.Rules.FREE.maxUsdPerHour(), List.of());
    }

    private static void print(String name, double goal, TunedFleet mix, List<Single> singles, double omniscient) {
        // Whoever misses the goal is no competition.
        Single best = singles.stream()
                .min(Comparator.comparing(
                                (Single one) -> one.following().outcome().attainment() < goal)
                        .thenComparingDouble(one -> one.following().outcome().usd()))
                .orElseThrow();
        double peak =
                singles.stream().mapToDouble(one -> one.peak().usd()).min().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%s: mix / best single type: %.3f, mix / peak: %.3f, attainment %.5f%n",
                name,
                mix.outcome().usd() / best.following().outcome().usd(),
                mix.outcome().usd() / peak,
                mix.outcome().attainment());
        StringBuilder words = new StringBuilder();
        for (Single one : singles) {
            words.append(String.format(
                    Locale.ROOT,
                    ", %s%s $%.2f (%.3f, headroom %.2f, attainment %.5f)",
                    one == best ? "best " : "",
                    one.accelerator().type(),
                    one.following().outcome().usd(),
                    mix.outcome().usd() / one.following().outcome().usd(),
                    one.following().headroom(),
                    one.following().outcome().attainment()));
        }
        System.out.printf(
                Locale.ROOT,
                "  goal %.5f, mix $%.2f (headroom %.2f), %d starts, omniscient $%.2f%s%n",
                goal,
                mix.outcome().usd(),
                mix.headroom(),
                mix.outcome().starts(),
                omniscient,
                words);
    }
}
