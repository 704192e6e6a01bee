package dev.skyhedge.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.DecomposedMix;
import dev.skyhedge.engine.accelerators.ExchangedMix;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.spi.Accelerator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is found by exchanges, beside what is proved to be the cheapest.
class ExchangedMixTest {
    private static final DecomposedMix EXACT =
            new DecomposedMix(LinearSolvers.open().solver());
    private static final ExchangedMix EXCHANGED = new ExchangedMix();

    private static Problem problem(long seed) {
        return Mixes.random(seed).with(Mixes.slices(32));
    }

    /// Of one accelerator there are few, of another one there have to be some.
    private static Problem bounded(long seed) {
        Random random = new Random(seed);
        Problem problem = problem(seed);
        List<Rental> rentals = List.copyOf(problem.rentals().keySet());
        Rental few = rentals.getFirst();
        Rental some = rentals.getLast();
        double priceOfFew = price(problem, few);
        double priceOfSome = price(problem, some);
        return problem.with(few, RentalTerms.at(priceOfFew).withAtMost(random.nextInt(3)))
                .with(some, new RentalTerms(priceOfSome, 0, 0, random.nextInt(3), RentalTerms.UNBOUNDED));
    }

    private static double price(Problem problem, Rental rental) {
        return Optional.ofNullable(problem.rentals().get(rental)).orElseThrow().usdPerHour();
    }

    @Test
    void itCostsWhatTheCheapestCosts() {
        assertThat(IntStream.range(0, 60))
                .allSatisfy(seed -> assertThat(
                                EXCHANGED.solve(problem(seed), Limits.PLAN).usdPerHour())
                        .isEqualTo(EXACT.solve(problem(seed), Limits.PLAN).usdPerHour(), within(1e-6)));
    }

    /// Bounds leave some exchanges out that would be steps on the way.
    @Test
    void itCostsALittleMoreAtMostWithinBounds() {
        assertThat(IntStream.range(0, 60)).allSatisfy(seed -> {
            double exact = EXACT.solve(bounded(seed), Limits.PLAN).usdPerHour();

            assertThat(EXCHANGED.solve(bounded(seed), Limits.PLAN).usdPerHour())
                    .isBetween(exact - 1e-6, 1.1 * exact + 1e-6);
        });
    }

    @Test
    void itServesEverythingAtAnyRateAndIsNotBelowItsBound() {
        assertThat(IntStream.range(0, 200)).allSatisfy(seed -> {
            Problem problem = bounded(seed).atRate(Math.pow(2, seed % 12 - 4));

            Allocation mix = EXCHANGED.solve(problem, Limits.PLAN);

            assertThat(mix.servesAll()).isTrue();
            assertThat(mix.usdPerHour())
                    .isGreaterThanOrEqualTo(ExchangedMix.lowerBound(problem).orElseThrow() - 1e-9);
            for (Accelerator accelerator : problem.accelerators()) {
                assertThat(mix.load(problem, accelerator))
                        .isLessThanOrEqualTo(mix.byAccelerator().getOrDefault(accelerator, 0) + 1e-9);
            }
            assertThat(problem.rentals())
                    .allSatisfy((rental, terms) -> assertThat(mix.replicas().getOrDefault(rental, 0))
                            .isBetween(terms.atLeast(), terms.atMost()));
        });
    }

    @Test
    void itHasNoMixOfWhatNothingServes() {
        Problem problem = problem(3);
        Problem none = problem.rentals().entrySet().stream()
                .reduce(
                        problem,
                        (before, entry) ->
                                before.with(entry.getKey(), entry.getValue().withAtMost(0)),
                        (one, other) -> other);

        assertThat(EXCHANGED.solve(none, Limits.PLAN).servesAll()).isFalse();
    }

    @Test
    void itLeavesRulesThatNeedAProgramToOthers() {
        Problem budget =
                problem(1).with(new Problem.Rules(8, 0, RentalTerms.UNBOUNDED, OptionalDouble.of(5), List.of()));

        assertThatThrownBy(() -> EXCHANGED.solve(budget, Limits.PLAN)).isInstanceOf(IllegalArgumentException.class);
    }
}
