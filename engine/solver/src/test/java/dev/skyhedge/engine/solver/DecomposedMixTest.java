package dev.skyhedge.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.DecomposedMix;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.LinearSolver.Status;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.engine.accelerators.SharedCap;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Choosing counts first costs what the whole program costs.
class DecomposedMixTest {
    private static final DecomposedMix MIX =
            new DecomposedMix(LinearSolvers.open().solver());

    @Test
    void itCostsWhatTheWholeProgramCosts() {
        assertThat(IntStream.range(0, 200)).allSatisfy(seed -> agree(market(Mixes.random(seed), seed)));
    }

    @Test
    void itCostsTheSameUnderRulesOfTheWhole() {
        assertThat(IntStream.range(0, 200)).allSatisfy(seed -> agree(ruled(market(Mixes.random(seed), seed), seed)));
    }

    @Test
    void whatNothingCanServeIsShortAndTheRestIsCheap() {
        assertThat(IntStream.range(0, 30)).allSatisfy(seed -> {
            Problem problem = market(Mixes.random(seed), seed);
            agree(problem.only(rental ->
                    !rental.accelerator().equals(problem.accelerators().last())));
        });
    }

    @Test
    void aLargeMarketIsProvedToTheGapThatWatchAsksFor() {
        Problem problem = LargeProblems.random(5, 64);

        Allocation mix = MIX.solve(problem, new Limits(Duration.ofMinutes(1), Limits.WATCH.gap()));

        assertThat(mix.status()).isEqualTo(Status.OPTIMAL);
        assertThat(mix.gap()).isLessThanOrEqualTo(Limits.WATCH.gap());
        holds(problem, mix);
    }

    private static void agree(Problem problem) {
        Allocation whole = Mixes.SCIP.solve(problem, Limits.EXACT);
        Allocation mix = MIX.solve(problem, Limits.EXACT);

        assertThat(mix.status()).isEqualTo(whole.status());
        assertThat(sum(mix.shortSlices())).isEqualTo(sum(whole.shortSlices()));
        assertThat(withStarts(problem, mix)).isCloseTo(withStarts(problem, whole), within(1e-5));
        holds(problem, mix);
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static double withStarts(Problem problem, Allocation mix) {
        return problem.rentals().entrySet().stream()
                .mapToDouble(entry -> {
                    int count = mix.replicas().getOrDefault(entry.getKey(), 0);
                    RentalTerms terms = entry.getValue();
                    return count * terms.usdPerHour() + terms.startUsd() * Math.abs(count - terms.now());
                })
                .sum();
    }

    /// Everything is served, nobody overloaded, every bound and rule kept.
    private static void holds(Problem problem, Allocation mix) {
        assertThat(mix.slices().keySet()).isEqualTo(problem.rates().perSecond().keySet());
        mix.slices()
                .forEach((bucket, shares) -> assertThat(
                                sum(shares) + mix.shortSlices().getOrDefault(bucket, 0))
                        .isEqualTo(problem.rules().slices()));
        for (Accelerator accelerator : problem.accelerators()) {
            assertThat(mix.load(problem, accelerator))
                    .isLessThanOrEqualTo(mix.byAccelerator().getOrDefault(accelerator, 0) + 1e-5);
        }
        problem.rentals()
                .forEach((rental, terms) ->
                        assertThat(mix.replicas().getOrDefault(rental, 0)).isBetween(terms.atLeast(), terms.atMost()));
        assertThat(sum(mix.replicas())).isLessThanOrEqualTo(problem.rules().maxReplicas());
        for (SharedCap cap : problem.rules().caps()) {
            assertThat(mix.replicas().entrySet().stream()
                            .filter(entry -> cap.rentals().contains(entry.getKey()))
                            .mapToInt(Map.Entry::getValue)
                            .sum())
                    .isLessThanOrEqualTo(cap.most());
        }
        problem.rules()
                .maxUsdPerHour()
                .ifPresent(most -> assertThat(mix.usdPerHour()).isLessThanOrEqualTo(most + 1e-6));
        // Too few to have are better than none, and need not be spread.
        if (problem.rules().minReplicas() >= 2
                && sum(mix.replicas()) >= problem.rules().minReplicas()) {
            assertThat(mix.replicas().keySet().stream().map(Rental::location).collect(Collectors.toSet()))
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    /// The same in two zones and markets that are scarce, some replicas being there.
    private static Problem market(Problem one, long seed) {
        Random dice = new Random(seed);
        SortedMap<Rental, RentalTerms> rentals = new TreeMap<>();
        one.rentals().forEach((rental, terms) -> {
            for (String zone : List.of("cloud/region/a", "cloud/region/b")) {
                for (Market market : List.of(Market.SPOT, Market.ON_DEMAND)) {
                    double price = terms.usdPerHour() * (market == Market.SPOT ? 0.4 : 1);
                    int now = dice.nextInt(3) == 0 ? 1 + dice.nextInt(2) : 0;
                    int least = dice.nextInt(12) == 0 ? 1 : 0;
                    int most = market == Market.SPOT ? dice.nextInt(4) : RentalTerms.UNBOUNDED;
                    rentals.put(
                            new Rental(rental.accelerator(), Location.parse(zone), market),
                            new RentalTerms(
                                    Math.round(100 * price * (0.9 + 0.2 * dice.nextInt(2))) / 100.0,
                                    dice.nextInt(4) == 0 ? 0 : price * (dice.nextInt(10) == 0 ? 2 : 0.1),
                                    now,
                                    Math.min(least, most),
                                    most));
                }
            }
        });
        return new Problem(one.profile(), one.rates(), rentals, one.rules());
    }

    private static Problem ruled(Problem free, long seed) {
        Random dice = new Random(seed + 1000);
        List<SharedCap> caps = new ArrayList<>();
        for (String zone : List.of("cloud/region/a", "cloud/region/b")) {
            TreeSet<Rental> in = new TreeSet<>(free.rentals().keySet());
            in.removeIf(rental -> !rental.location().toString().equals(zone));
            int demanded = free.rentals().entrySet().stream()
                    .filter(entry -> in.contains(entry.getKey()))
                    .mapToInt(entry -> entry.getValue().atLeast())
                    .sum();
            caps.add(new SharedCap(zone, in, demanded + 1 + dice.nextInt(6)));
        }
        int demanded =
                free.rentals().values().stream().mapToInt(RentalTerms::atLeast).sum();
        int least = dice.nextInt(5);
        double cost = Mixes.SCIP.solve(free, Limits.EXACT).usdPerHour();
        OptionalDouble budget =
                dice.nextInt(3) == 0 ? OptionalDouble.of(cost * (1 + dice.nextDouble())) : OptionalDouble.empty();
        return free.with(new Problem.Rules(
                free.rules().slices(),
                least,
                Math.max(least, demanded) + 3 + dice.nextInt(8),
                budget,
                dice.nextBoolean() ? caps : List.of()));
    }
}
