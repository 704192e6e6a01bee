package dev.skyhedge.engine.solver;

import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.CheapestMix;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.engine.accelerators.RequestRates;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Problems for tests, and both solvers.
final class Mixes {
    static final CheapestMix SCIP = new CheapestMix(LinearSolvers.open().solver());
    static final CheapestMix PURE_JAVA = new CheapestMix(LinearSolvers.pureJava());

    private static final Location ZONE = Location.parse("cloud/region/zone");

    private Mixes() {}

    static Rental rental(String accelerator) {
        return rental(accelerator, ZONE);
    }

    static Rental rental(String accelerator, Location zone) {
        return new Rental(Accelerator.parse(accelerator), zone, Market.ON_DEMAND);
    }

    static Problem.Rules slices(int slices) {
        return new Problem.Rules(slices, 0, RentalTerms.UNBOUNDED, OptionalDouble.empty(), List.of());
    }

    /// One zone, as many as one likes.
    static Problem problem(Profile profile, Map<Accelerator, Double> prices, RequestRates rates, int slices) {
        SortedMap<Rental, RentalTerms> rentals = new TreeMap<>();
        prices.forEach((accelerator, price) ->
                rentals.put(new Rental(accelerator, ZONE, Market.ON_DEMAND), RentalTerms.at(price)));
        return new Problem(profile, rates, rentals, slices(slices));
    }

    /// A few accelerators and buckets; some accelerators cannot serve some of them, the last one
    /// can serve all.
    static Problem random(long seed) {
        Random random = new Random(seed);
        int accelerators = 2 + random.nextInt(3);
        int buckets = 1 + random.nextInt(6);
        SortedMap<Accelerator, SortedMap<Bucket, Double>> table = new TreeMap<>();
        SortedMap<Accelerator, Double> prices = new TreeMap<>();
        SortedMap<Bucket, Double> rates = new TreeMap<>();
        for (int a = 0; a < accelerators; a++) {
            SortedMap<Bucket, Double> row = new TreeMap<>();
            for (int b = 0; b < buckets; b++) {
                boolean able = a == accelerators - 1 || random.nextInt(5) > 0;
                row.put(new Bucket(100 * (b + 1), 100), able ? (a + 1) * (0.3 + 2 * random.nextDouble()) / (b + 1) : 0);
                rates.put(new Bucket(100 * (b + 1), 100), 2 * random.nextDouble());
            }
            Accelerator accelerator = new Accelerator("G" + a, 1);
            table.put(accelerator, row);
            prices.put(accelerator, Math.round(100 * (a + 0.5 + random.nextDouble())) / 100.0);
        }
        return problem(new Profile(table), prices, new RequestRates(rates), 1 + random.nextInt(4));
    }
}
