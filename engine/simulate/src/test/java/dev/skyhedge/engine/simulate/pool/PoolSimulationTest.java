package dev.skyhedge.engine.simulate.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.pool.Pool;
import dev.skyhedge.engine.simulate.pool.PoolWeek.Choice;
import dev.skyhedge.engine.simulate.pool.PoolWeek.Fleets;
import dev.skyhedge.engine.simulate.pool.PoolWeek.Found;
import dev.skyhedge.engine.simulate.pool.PoolWeek.Week;
import dev.skyhedge.engine.simulate.pool.ServiceTenant.Demand;
import dev.skyhedge.engine.simulate.pool.StreamsTenant.Reached;
import dev.skyhedge.engine.simulate.pool.StreamsTenant.Shares;
import dev.skyhedge.engine.simulate.pool.SweepTenant.Sweep;
import dev.skyhedge.engine.simulate.sweep.LearningCurve;
import dev.skyhedge.engine.simulate.workload.RateCurve;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolSimulationTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final double HOUR = 3600;
    private static final Duration GRACE = Duration.ofSeconds(30);
    /// More of it brings less and less; trainings take half of a window.
    private static final StreamsTenant.Retraining RETRAINING = (_, shares) -> new Reached(1 - 1.0 / (1 + shares), 100);

    private static Pool pool(int most) {
        return new Pool(most, Optional.empty(), HourlyPrice.ofUsd("2"), Duration.ofMinutes(2), 0);
    }

    private static PoolOutcome run(int most, double hours, Tenant... tenants) {
        return new PoolSimulation(pool(most), 10, List.of(tenants)).run(hours * HOUR);
    }

    private static ServiceTenant service(int downscaleMinutes, int warm, double... hourlyRates) {
        var scaling = new ScalingSpec(
                1,
                20,
                OptionalDouble.of(1),
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofMinutes(downscaleMinutes));
        return new ServiceTenant(
                "service",
                new Demand(new RateCurve(HOUR_NANOS, hourlyRates), 1, 60, warm),
                scaling,
                HourlyPrice.ofUsd("9"));
    }

    /// So many trials of two hours on a machine each.
    private static SweepTenant sweep(int trials, double deadlineHours, String worth) {
        List<LearningCurve> curves = IntStream.range(0, trials)
                .mapToObj(i -> new LearningCurve("t" + i, HOUR / 4, Collections.nCopies(8, 0.5)))
                .toList();
        return new SweepTenant(
                "sweep", new Sweep(curves, 20, 0, 10, 0, deadlineHours * HOUR, 1), HourlyPrice.ofUsd(worth), GRACE);
    }

    @Test
    void aMachineCostsFromTheDecisionToRentItOn() {
        ServiceTenant service = service(20, 0, 1.8);

        PoolOutcome outcome = run(20, 10, service);

        assertThat(outcome.machineHours()).isCloseTo(20, within(1e-6));
        assertThat(outcome.usd()).isCloseTo(40, within(1e-6));
    }

    @Test
    void aReplicaServesOnceItsMachineIsThereAndItsModelLoaded() {
        ServiceTenant service = service(20, 0, 1.8);

        run(20, 1, service);

        assertThat(service.attainment()).isCloseTo(1 - 180 / HOUR, within(1e-9));
    }

    @Test
    void whatAServiceWaitsToGiveBackIsLentAndNothingIsRentedForIt() {
        double[] falling = {5.7, 1.9};
        PoolOutcome alone = run(20, 2, service(60, 0, falling));

        SweepTenant sweep = sweep(2, 10, "0");
        PoolOutcome together = run(20, 2, service(60, 0, falling), sweep);

        assertThat(together.machineHours()).isCloseTo(alone.machineHours(), within(1e-6));
        assertThat(together.passed()).isPositive();
    }

    @Test
    void aServiceHasBackWhatItHasLentWhenItWantsItAgain() {
        double[] falling = {5.7, 1.9, 5.7};
        ServiceTenant alone = service(90, 0, falling);
        run(20, 3, alone);
        ServiceTenant lending = service(90, 0, falling);
        run(20, 3, lending, sweep(4, 10, "0"));
        ServiceTenant keeping = service(90, 4, falling);
        run(20, 3, keeping, sweep(4, 10, "0"));

        assertThat(lending.attainment()).isBetween(alone.attainment() - 0.02, alone.attainment() - 1e-6);
        assertThat(keeping.attainment()).isEqualTo(alone.attainment());
    }

    @Test
    void aServiceThatGrowsDoesNotWaitForAMachineThatASweepCanGiveSooner() {
        double[] growing = {0.9, 3.7};
        ServiceTenant alone = service(20, 0, growing);
        run(20, 2, alone);
        ServiceTenant together = service(20, 0, growing);
        run(20, 2, together, sweep(8, 10, "5"));

        assertThat(together.attainment()).isGreaterThan(alone.attainment());
    }

    @Test
    void aSweepIsDoneByItsDeadlineThoughItGivesWay() {
        SweepTenant sweep = sweep(4, 12, "5");

        PoolOutcome outcome = run(3, 23, service(20, 0, 0.9, 2.7), sweep);

        assertThat(sweep.met()).isEqualTo(1);
        assertThat(outcome.passed()).isPositive();
        assertThat(outcome.stepsBelowFloor()).isZero();
    }

    @Test
    void aDeadlineThatCannotBeMetIsNotMet() {
        SweepTenant sweep = sweep(8, 3, "5");

        run(2, 23, service(20, 0, 0.9), sweep);

        assertThat(sweep.begun()).isEqualTo(1);
        assertThat(sweep.met()).isZero();
    }

    @Test
    void aWindowReachesWhatItsLeastSharesReach() {
        var streams =
                new StreamsTenant("streams", new Shares(5, 15, 0), 200, RETRAINING, HourlyPrice.ofUsd("5"), GRACE);
        var late = new StreamsTenant("streams", new Shares(5, 15, 0), 200, RETRAINING, HourlyPrice.ofUsd("1"), GRACE);

        run(20, 10, streams);
        run(1, 10, late, service(20, 0, 0.9));

        assertThat(streams.accuracy()).isBetween(1 - 1.0 / 21 - 0.01, 1 - 1.0 / 21);
        assertThat(late.accuracy()).isZero();
    }

    @Test
    void aPoolThatIsAsGoodAsThreeFleetsCostsLess() {
        double[] day = IntStream.range(0, 24)
                .mapToDouble(hour -> 2.5 - 1.5 * Math.cos(2 * Math.PI * hour / 24))
                .toArray();
        var week = new PoolWeek(new RateCurve(HOUR_NANOS, day), RETRAINING, 2, Duration.ofMinutes(2), 1);
        Fleets fleets = week.fleets().orElseThrow();
        Week alone = fleets.together();

        Found found = week.cheapestPool(fleets).orElseThrow();

        assertThat(found.week().isAsGoodAs(alone)).isTrue();
        assertThat(alone.attainment()).isGreaterThanOrEqualTo(PoolWeek.AIM);
        assertThat(found.week().met()).isEqualTo(found.week().sweeps()).isEqualTo(1);
        assertThat(found.week().outcome().stepsBelowFloor()).isZero();
        assertThat(found.week().outcome().usd()).isLessThan(alone.outcome().usd());
    }

    @Test
    void aWeekIsTheSameWheneverItIsLookedAt() {
        var week = new PoolWeek(new RateCurve(HOUR_NANOS, new double[] {1, 4, 2}), RETRAINING, 2, GRACE, 1);
        Choice choice = new Choice(0.8, 1, 10);

        assertThat(week.pool(choice)).isEqualTo(week.pool(choice));
    }
}
