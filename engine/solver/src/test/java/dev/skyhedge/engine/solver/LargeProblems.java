package dev.skyhedge.engine.solver;

import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.engine.accelerators.RequestRates;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Problems of the size of a market: eight accelerators in fifteen zones and two markets, sixty
/// buckets. Bigger accelerators are better at bigger requests, spot is scarce and cheap, a zone's
/// price is its own.
final class LargeProblems {
    private static final List<Integer> INPUT = List.of(25, 100, 250, 500, 1000, 2000, 4000, 8000, 12_000, 16_000);
    private static final List<Integer> OUTPUT = List.of(25, 100, 250, 500, 1000, 2000);
    private static final int ACCELERATORS = 8;
    private static final int ZONES = 15;

    private LargeProblems() {}

    static Problem random(long seed, double requestsPerSecond) {
        Random dice = new Random(seed);
        SortedMap<Accelerator, SortedMap<Bucket, Double>> table = new TreeMap<>();
        SortedMap<Rental, RentalTerms> rentals = new TreeMap<>();
        SortedMap<Bucket, Double> weights = new TreeMap<>();
        for (int input : INPUT) {
            for (int output : OUTPUT) {
                weights.put(new Bucket(input, output), dice.nextDouble() * 100 / (100 + input + 4 * output));
            }
        }
        for (int a = 0; a < ACCELERATORS; a++) {
            Accelerator accelerator = new Accelerator("G" + a, 1);
            double size = Math.pow(1.5, a);
            SortedMap<Bucket, Double> row = new TreeMap<>();
            for (Bucket bucket : weights.keySet()) {
                double work = bucket.inputTokens() / 12_000.0 + bucket.outputTokens() / 1000.0;
                boolean able = bucket.inputTokens() < 12_000 || a >= ACCELERATORS / 2;
                double liking = Math.pow(work, 0.06 * (a - ACCELERATORS / 2.0));
                row.put(bucket, able ? size * liking * (0.8 + 0.4 * dice.nextDouble()) / work : 0);
            }
            table.put(accelerator, row);
            double price = size * (0.8 + 0.4 * dice.nextDouble());
            for (int zone = 0; zone < ZONES; zone++) {
                Location location = Location.parse("cloud/region-" + zone / 3 + "/zone-" + zone);
                double here = price * (0.9 + 0.2 * dice.nextDouble());
                int now = dice.nextInt(20) == 0 ? 1 : 0;
                rentals.put(
                        new Rental(accelerator, location, Market.SPOT),
                        new RentalTerms(0.4 * here, 0.05 * here, now, 0, Math.max(now, dice.nextInt(3))));
                rentals.put(
                        new Rental(accelerator, location, Market.ON_DEMAND),
                        new RentalTerms(here, 0.05 * here, 0, 0, dice.nextInt(4)));
            }
        }
        Problem.Rules rules = new Problem.Rules(8, 1, 200, Problem.Rules.FREE.maxUsdPerHour(), List.of());
        return new Problem(new Profile(table), RequestRates.of(weights, requestsPerSecond, 0.1), rentals, rules);
    }
}
