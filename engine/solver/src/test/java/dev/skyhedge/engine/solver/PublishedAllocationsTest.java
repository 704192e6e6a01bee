package dev.skyhedge.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.engine.accelerators.RequestRates;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// The 36 allocations of tables 3 to 8 of the paper, whose throughputs were never published: what
/// they cost is reckoned here as there, and no accelerator alone is cheaper.
class PublishedAllocationsTest {
    private static final List<String> ACCELERATORS = List.of("L4", "A10G", "A100-80G", "H100");
    private static final List<Double> PRICES = List.of(0.70, 1.01, 3.67, 7.516);

    @ParameterizedTest
    @CsvFileSource(resources = "melange_allocations.csv", numLinesToSkip = 1)
    void aMixCostsWhatIsPublishedAndNoSingleTypeIsCheaper(
            String set,
            int slo,
            int rate,
            int l4,
            int a10g,
            int a100,
            int h100,
            double usdPerHour,
            Integer l4Alone,
            Integer a10gAlone,
            int a100Alone,
            int h100Alone) {
        assertThat(costOf(List.of(l4, a10g, a100, h100))).isCloseTo(usdPerHour, within(1e-6));

        List<Double> alone =
                new ArrayList<>(List.of(costOf(List.of(0, 0, a100Alone, 0)), costOf(List.of(0, 0, 0, h100Alone))));
        if (l4Alone != null) {
            alone.add(costOf(List.of(l4Alone, 0, 0, 0)));
            alone.add(costOf(List.of(0, a10gAlone, 0, 0)));
        }
        assertThat(alone).as("%s within %d ms at %d/s", set, slo, rate).allMatch(cost -> cost >= usdPerHour - 1e-9);
    }

    private static double costOf(List<Integer> counts) {
        SortedMap<Rental, RentalTerms> rentals = new TreeMap<>();
        for (int i = 0; i < counts.size(); i++) {
            rentals.put(
                    Mixes.rental(ACCELERATORS.get(i)),
                    new RentalTerms(PRICES.get(i), 0, 0, counts.get(i), counts.get(i)));
        }
        Problem problem = new Problem(
                new Profile(new TreeMap<>()), new RequestRates(new TreeMap<>()), rentals, Problem.Rules.FREE);
        return Mixes.SCIP.solve(problem, Limits.EXACT).usdPerHour();
    }
}
