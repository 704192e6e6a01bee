package dev.skyhedge.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.spi.Accelerator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/// What holds of every mix.
class MixProperties {
    @Property(tries = 60)
    void everyBucketIsServedAndNobodyIsOverloaded(@ForAll @IntRange(max = 100_000) int seed) {
        Problem problem = Mixes.random(seed);

        Allocation mix = solve(problem);

        assertThat(mix.servesAll()).isTrue();
        assertThat(mix.slices().keySet()).isEqualTo(problem.rates().perSecond().keySet());
        assertThat(mix.slices().values())
                .allSatisfy(shares -> assertThat(shares.values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .isEqualTo(problem.rules().slices()));
        for (Accelerator accelerator : problem.accelerators()) {
            assertThat(mix.load(problem, accelerator))
                    .isLessThanOrEqualTo(mix.byAccelerator().getOrDefault(accelerator, 0) + 1e-6);
        }
    }

    @Property(tries = 60)
    void boundsHold(
            @ForAll @IntRange(max = 100_000) int seed,
            @ForAll @IntRange(max = 2) int atLeast,
            @ForAll @IntRange(max = 3) int room) {
        Problem problem = Mixes.random(seed);
        Rental first = problem.rentals().firstKey();
        double price = problem.rentals().firstEntry().getValue().usdPerHour();

        Allocation mix = solve(problem.with(first, new RentalTerms(price, 0, 0, atLeast, atLeast + room)));

        assertThat(mix.replicas().getOrDefault(first, 0)).isBetween(atLeast, atLeast + room);
        assertThat(mix.servesAll()).isTrue();
    }

    @Property(tries = 60)
    void noAcceleratorAloneIsCheaperAndTheBoundIsBelow(@ForAll @IntRange(max = 100_000) int seed) {
        Problem problem = Mixes.random(seed);

        Allocation mix = solve(problem);

        assertThat(Mixes.SCIP.lowerBound(problem, Limits.EXACT).orElseThrow())
                .isLessThanOrEqualTo(mix.usdPerHour() + 1e-6);
        Map<Accelerator, Allocation> singles = Mixes.SCIP.singles(problem, Limits.EXACT);
        assertThat(singles).containsKey(problem.accelerators().last());
        singles.forEach((accelerator, alone) -> {
            assertThat(mix.usdPerHour()).isLessThanOrEqualTo(alone.usdPerHour() + 1e-6);
            assertThat(alone.byAccelerator().getOrDefault(accelerator, 0))
                    .isEqualTo((int) Math.ceil(problem.loadAlone(accelerator) - 1e-6));
        });
    }

    @Property(tries = 60)
    void moreLoadAndHigherPricesAreNotCheaper(
            @ForAll @IntRange(max = 100_000) int seed, @ForAll @DoubleRange(min = 1, max = 3) double factor) {
        Problem problem = Mixes.random(seed);
        double cost = solve(problem).usdPerHour();
        Rental first = problem.rentals().firstKey();
        RentalTerms dearer = RentalTerms.at(
                factor * problem.rentals().firstEntry().getValue().usdPerHour());

        assertThat(solve(problem.atRate(factor)).usdPerHour()).isGreaterThanOrEqualTo(cost - 1e-6);
        assertThat(solve(problem.with(first, dearer)).usdPerHour()).isGreaterThanOrEqualTo(cost - 1e-6);
    }

    @Property(tries = 60)
    void moreToChooseFromIsNotDearer(@ForAll @IntRange(max = 100_000) int seed) {
        Problem problem = Mixes.random(seed);
        Accelerator first = problem.accelerators().first();

        Problem fewer = problem.only(rental -> !rental.accelerator().equals(first));

        assertThat(solve(problem).usdPerHour()).isLessThanOrEqualTo(solve(fewer).usdPerHour() + 1e-6);
    }

    @Property(tries = 60)
    void costsScaleWithPrices(
            @ForAll @IntRange(max = 100_000) int seed, @ForAll @DoubleRange(min = 0.1, max = 10) double factor) {
        Problem problem = Mixes.random(seed);
        SortedMap<Rental, RentalTerms> scaled = new TreeMap<>();
        problem.rentals().forEach((rental, terms) -> scaled.put(rental, RentalTerms.at(factor * terms.usdPerHour())));

        Allocation mix = solve(new Problem(problem.profile(), problem.rates(), scaled, problem.rules()));

        assertThat(mix.usdPerHour()).isCloseTo(factor * solve(problem).usdPerHour(), within(1e-5 * factor));
    }

    private static Allocation solve(Problem problem) {
        return Mixes.SCIP.solve(problem, Limits.EXACT);
    }
}
