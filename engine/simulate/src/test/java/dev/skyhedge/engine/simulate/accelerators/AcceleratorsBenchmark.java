package dev.skyhedge.engine.simulate.accelerators;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.CheapestMix;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
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
import java.util.stream.Stream;

/// Every file of lengths under every curve of rates: what a mix costs that follows the rate,
/// beside each accelerator alone that does, the best of them at the size of the peak, and who
/// knows all.
public final class AcceleratorsBenchmark {
    private static final double HEADROOM = 0.1;
    private static final double START_SHARE = 0.05;
    private static final int SLICES = 4;
    private static final int DAY = 1440;
    private static final String CHAT = "sharegpt";
    private static final String DOCUMENTS = "arxiv_summarization";
    private static final Limits LIMITS = new Limits(Duration.ofMillis(300), 1e-3);

    private final PricedProfile table;
    private final CheapestMix solver = new CheapestMix(LinearSolvers.open().solver());

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
        lengths.keySet().removeIf(name -> !name.contains(only));
        for (Map.Entry<String, SortedMap<Bucket, Double>> sizes : lengths.entrySet()) {
            for (Map.Entry<String, List<Double>> curve : curves.entrySet()) {
                benchmark.run(
                        sizes.getKey() + " by " + curve.getKey(), sizes.getValue(), scaled(curve.getValue(), rate));
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

    private record Single(Accelerator accelerator, FleetOutcome following, FleetOutcome peak) {}

    private void run(String name, SortedMap<Bucket, Double> sizes, List<Double> curve) {
        SortedMap<Rental, RentalTerms> rentals = new TreeMap<>();
        table.usdPerHour()
                .forEach((accelerator, price) -> rentals.put(
                        new Rental(accelerator, Location.parse("cloud/region/zone"), Market.ON_DEMAND),
                        RentalTerms.at(price)));
        Problem atOne = new Problem(table.profile(), RequestRates.of(sizes, 1, 0), rentals, rulesOf());
        FleetSimulation simulation =
                new FleetSimulation(table.profile(), rentals, Arrivals.draw(curve, sizes, new Random(1)), HEADROOM);
        Mixer mixer = new Mixer(solver, LIMITS, atOne, START_SHARE);
        FleetOutcome mix = simulation.following(mixer);
        List<Single> singles = new ArrayList<>();
        for (Map.Entry<Accelerator, Allocation> one :
                solver.singles(atOne, LIMITS).entrySet()) {
            Mixer alone = new Mixer(
                    solver, LIMITS, atOne.only(rental -> rental.accelerator().equals(one.getKey())), START_SHARE);
            singles.add(new Single(one.getKey(), simulation.following(alone), simulation.forPeak(alone)));
        }
        print(name, mix, singles, simulation.omniscient(mixer));
    }

    private static Problem.Rules rulesOf() {
        return new Problem.Rules(SLICES, 0, RentalTerms.UNBOUNDED, Problem.Rules.FREE.maxUsdPerHour(), List.of());
    }

    private static void print(String name, FleetOutcome mix, List<Single> singles, double omniscient) {
        Single best = singles.stream()
                .min(Comparator.comparingDouble(one -> one.following().usd()))
                .orElseThrow();
        double peak =
                singles.stream().mapToDouble(one -> one.peak().usd()).min().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%s: mix / best single type: %.3f, mix / peak: %.3f, attainment %.5f%n",
                name,
                mix.usd() / best.following().usd(),
                mix.usd() / peak,
                mix.attainment());
        StringBuilder words = new StringBuilder();
        for (Single one : singles) {
            words.append(String.format(
                    Locale.ROOT,
                    ", %s $%.2f (%.3f, attainment %.5f)",
                    one.accelerator().type(),
                    one.following().usd(),
                    mix.usd() / one.following().usd(),
                    one.following().attainment()));
        }
        System.out.printf(
                Locale.ROOT,
                "  mix $%.2f, %d starts, omniscient $%.2f%s%n",
                mix.usd(),
                mix.starts(),
                omniscient,
                words);
    }
}
