package dev.skyhedge.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.Binding;
import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.LinearSolver.Status;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.Rental;
import dev.skyhedge.engine.accelerators.RentalTerms;
import dev.skyhedge.engine.accelerators.RequestRates;
import dev.skyhedge.engine.accelerators.SharedCap;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A small accelerator for short requests, a big one for all, two zones.
class RulesTest {
    private static final Bucket SHORT = new Bucket(100, 100);
    private static final Bucket LONG = new Bucket(8000, 100);
    private static final Location A = Location.parse("aws/east/a");
    private static final Location B = Location.parse("aws/east/b");
    private static final Rental SMALL_A = Mixes.rental("L4", A);
    private static final Rental SMALL_B = Mixes.rental("L4", B);
    private static final Rental BIG_A = Mixes.rental("H100", A);
    private static final Profile PROFILE = new Profile(new TreeMap<>(Map.of(
            Accelerator.parse("L4"), new TreeMap<>(Map.of(SHORT, 1.0, LONG, 0.0)),
            Accelerator.parse("H100"), new TreeMap<>(Map.of(SHORT, 4.0, LONG, 1.0)))));

    private static Problem problem(double shorts, double longs) {
        return new Problem(
                PROFILE,
                new RequestRates(new TreeMap<>(Map.of(SHORT, shorts, LONG, longs))),
                new TreeMap<>(Map.of(SMALL_A, RentalTerms.at(1), SMALL_B, RentalTerms.at(1), BIG_A, RentalTerms.at(7))),
                Problem.Rules.FREE);
    }

    private static Problem.Rules rules(int min, int max, OptionalDouble budget, SharedCap... caps) {
        return new Problem.Rules(8, min, max, budget, List.of(caps));
    }

    @Test
    void whatIsEquallyCheapIsRentedFirstByName() {
        assertThat(solve(problem(2, 0)).replicas()).isEqualTo(Map.of(SMALL_A, 2));
    }

    @Test
    void fewerReplicasArePreferredAtTheSameCost() {
        Problem problem = problem(4, 0).with(BIG_A, RentalTerms.at(4));

        assertThat(solve(problem).replicas()).isEqualTo(Map.of(BIG_A, 1));
    }

    @Test
    void atLeastTwoReplicasAreInTwoZones() {
        Problem problem = problem(2, 0).with(rules(2, 10, OptionalDouble.empty()));

        assertThat(solve(problem).replicas()).isEqualTo(Map.of(SMALL_A, 1, SMALL_B, 1));
    }

    @Test
    void aZoneHoldsNoMoreThanItsCap() {
        SharedCap cap = new SharedCap("zone a", new TreeSet<>(List.of(SMALL_A, BIG_A)), 1);

        assertThat(solve(problem(3, 0).with(rules(0, 10, OptionalDouble.empty(), cap)))
                        .replicas())
                .isEqualTo(Map.of(SMALL_A, 1, SMALL_B, 2));
    }

    @Test
    void aBudgetServesWhatItCanAndSaysWhatItCannot() {
        Allocation mix = solve(problem(2, 1).with(rules(0, 10, OptionalDouble.of(3))));

        assertThat(mix.servesAll()).isFalse();
        assertThat(mix.replicas()).isEqualTo(Map.of(SMALL_A, 2));
        assertThat(mix.shortSlices()).isEqualTo(Map.of(LONG, 8));
    }

    @Test
    void whatNothingServesIsShortAndTheRestIsCheap() {
        Allocation mix = solve(problem(2, 1).with(BIG_A, RentalTerms.at(7).withAtMost(0)));

        assertThat(mix.shortSlices()).isEqualTo(Map.of(LONG, 8));
        assertThat(mix.replicas()).isEqualTo(Map.of(SMALL_A, 2));
        assertThat(mix.status()).isEqualTo(Status.OPTIMAL);
    }

    @Test
    void tooFewReplicasToHaveAreBetterThanNone() {
        Problem problem = problem(2, 0)
                .only(SMALL_A::equals)
                .with(SMALL_A, RentalTerms.at(1).withAtMost(2))
                .with(rules(3, 10, OptionalDouble.empty()));

        assertThat(solve(problem).replicas()).isEqualTo(Map.of(SMALL_A, 2));
    }

    @Test
    void aChangeHasToEarnWhatItsStartsCost() {
        Problem cheaperThere = problem(2, 0)
                .with(SMALL_A, RentalTerms.at(1.1).withNow(2, 0.5))
                .with(SMALL_B, RentalTerms.at(1).withNow(0, 0.5));

        assertThat(solve(cheaperThere).replicas()).isEqualTo(Map.of(SMALL_A, 2));
        assertThat(solve(cheaperThere
                                .with(SMALL_A, RentalTerms.at(1.1).withNow(2, 0.01))
                                .with(SMALL_B, RentalTerms.at(1).withNow(0, 0.01)))
                        .replicas())
                .isEqualTo(Map.of(SMALL_B, 2));
    }

    @Test
    void everyRentalSaysWhatBindsIt() {
        Problem scarce =
                problem(2, 1).with(SMALL_A, RentalTerms.at(1).withAtMost(1)).with(SMALL_B, RentalTerms.at(1.5));

        Allocation mix = solve(scarce);

        assertThat(Binding.of(scarce, mix))
                .isEqualTo(Map.of(
                        SMALL_A, new Binding.BestFor(1, SHORT),
                        SMALL_B, new Binding.StandsIn(SMALL_A, 1),
                        BIG_A, new Binding.OnlyAble(Accelerator.parse("H100"), LONG)));
        assertThat(Binding.of(scarce, mix).values().stream().map(Binding::text))
                .contains("L4:1 in aws/east/a, on_demand is at its bound (1)");
    }

    @Test
    void aProfileWithoutARowInUseIsRefusedByItsNames() {
        Rental unknown = Mixes.rental("T4", A);

        assertThatThrownBy(() -> problem(1, 1).with(unknown, RentalTerms.at(1)))
                .hasMessage("The profile has no row of T4:1 for requests of up to 100 tokens in and 100 out; "
                        + "T4:1 for requests of up to 8000 tokens in and 100 out");
    }

    @Test
    void machinesWithoutNativesHaveTheOtherSolverAndSaySo() {
        LinearSolvers.Opened opened = LinearSolvers.open(() -> {
            throw new UnsatisfiedLinkError("no jniortools");
        });

        assertThat(opened.solver()).isInstanceOf(OjalgoSolver.class);
        assertThat(opened.notice())
                .hasValueSatisfying(notice -> assertThat(notice).contains("no jniortools"));
    }

    @Test
    void noTimeIsNoAnswerAndNoWrongOne() {
        Allocation mix = Mixes.SCIP.solve(problem(2, 1), new Limits(Duration.ofNanos(1), 0));

        assertThat(mix.status()).isIn(Status.TIMEOUT, Status.FEASIBLE, Status.OPTIMAL);
        assertThat(mix.servesAll() || mix.replicas().isEmpty()).isTrue();
    }

    private static Allocation solve(Problem problem) {
        Allocation mix = Mixes.SCIP.solve(problem, Limits.EXACT);
        Allocation pure = Mixes.PURE_JAVA.solve(problem, Limits.EXACT);
        assertThat(pure.replicas()).isEqualTo(mix.replicas());
        assertThat(pure.shortSlices()).isEqualTo(mix.shortSlices());
        return mix;
    }
}
