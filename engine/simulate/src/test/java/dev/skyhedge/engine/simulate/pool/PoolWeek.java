package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.pool.Pool;
import dev.skyhedge.engine.simulate.pool.ServiceTenant.Demand;
import dev.skyhedge.engine.simulate.pool.StreamsTenant.Retraining;
import dev.skyhedge.engine.simulate.pool.StreamsTenant.Shares;
import dev.skyhedge.engine.simulate.pool.SweepTenant.Sweep;
import dev.skyhedge.engine.simulate.sweep.LearningCurve;
import dev.skyhedge.engine.simulate.workload.RateCurve;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Some days of a service, a sweep a day and streams: three fleets, each as cheap as its own aim
/// allows, and the cheapest pool that reaches in everything at least what they reach. The service
/// scales by the same rule in both; what is looked for is how far it loads a replica.
final class PoolWeek {
    /// Of requests, at least, within their service level.
    static final double AIM = 0.995;

    private static final double SECONDS_PER_DAY = 86_400;
    private static final double STEP = 10;
    private static final double WINDOW = 200;
    private static final double LOADING = 60;
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final double LEAST_TARGET = 0.3;
    private static final double TARGET_STEP = 0.025;
    private static final int SERVING = 25;
    private static final int IDLE = 40;

    private final RateCurve rates;
    private final Retraining retraining;
    private final int gpus;
    private final Pool pool;
    private final double seconds;

    /// @param rates in machines that are fully used
    /// @param gpus of the streams that have a fleet
    /// @param renting from the decision to rent a machine until it is there
    PoolWeek(RateCurve rates, Retraining retraining, int gpus, Duration renting, int days) {
        this.pool = new Pool(200, Optional.empty(), HourlyPrice.ofUsd("1"), renting, 0);
        this.rates = rates;
        this.retraining = retraining;
        this.gpus = gpus;
        this.seconds = days * SECONDS_PER_DAY;
    }

    /// What is chosen for a pool.
    ///
    /// @param target load of a replica, of what it can take
    /// @param warm machines that the service does not lend
    /// @param training shares that are rented for trainings
    record Choice(double target, int warm, int training) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "a load of %.3f, %d machines not lent, trainings on %d shares",
                    target,
                    warm,
                    training);
        }
    }

    /// What came of it.
    record Week(PoolOutcome outcome, double attainment, double accuracy, int met, int sweeps) {
        boolean isAsGoodAs(Week other) {
            return attainment >= other.attainment && accuracy >= other.accuracy && met >= other.met;
        }
    }

    /// Three fleets.
    ///
    /// @param target load of a replica of the service
    record Fleets(double target, Week service, Week sweep, Week streams) {
        Week together() {
            return new Week(
                    service.outcome().plus(sweep.outcome()).plus(streams.outcome()),
                    service.attainment(),
                    streams.accuracy(),
                    sweep.met(),
                    sweep.sweeps());
        }
    }

    /// The cheapest pool that is as good as three fleets.
    record Found(Choice choice, Week week) {}

    /// Empty if the service cannot reach its aim at any load that is tried.
    Optional<Fleets> fleets() {
        Week sweep = Stream.of(0.9, 0.5, 0.25)
                .map(this::sweep)
                .filter(week -> week.met() == week.sweeps())
                .min(Comparator.comparingDouble(week -> week.outcome().usd()))
                .orElseThrow();
        return targets(1)
                .filter(load -> service(load).attainment() >= AIM)
                .findFirst()
                .map(target -> new Fleets(target, service(target), sweep, streams()));
    }

    Optional<Found> cheapestPool(Fleets fleets) {
        return Stream.of(0, 1, 2, 100)
                .flatMap(warm -> pool(fleets, warm).stream())
                .min(Comparator.comparingDouble(found -> found.week().outcome().usd()));
    }

    private Optional<Found> pool(Fleets fleets, int warm) {
        Week aim = fleets.together();
        // What is rented for trainings says little about the service.
        Optional<Double> target = targets(Math.min(1, fleets.target() + 0.2))
                .filter(load -> pool(new Choice(load, warm, 10)).attainment() >= aim.attainment())
                .findFirst();
        return target.stream()
                .flatMap(load -> Stream.of(load, load - TARGET_STEP))
                .flatMap(load -> Stream.of(5, 8, 10, 15, gpus * Pool.SHARES - SERVING)
                        .map(training -> new Choice(load, warm, training)))
                .map(choice -> new Found(choice, pool(choice)))
                .filter(found -> found.week().isAsGoodAs(aim))
                .min(Comparator.comparingDouble(found -> found.week().outcome().usd()));
    }

    /// From the highest on.
    private static Stream<Double> targets(double from) {
        return IntStream.rangeClosed(0, (int) Math.round((from - LEAST_TARGET) / TARGET_STEP))
                .mapToObj(i -> from - i * TARGET_STEP);
    }

    private Week service(double target) {
        ServiceTenant tenant = serviceTenant(target, 0);
        PoolOutcome outcome = outcome(List.of(tenant));
        return new Week(outcome, tenant.attainment(), 0, 0, 0);
    }

    private Week sweep(double hurry) {
        SweepTenant tenant = sweepTenant(hurry);
        PoolOutcome outcome = outcome(List.of(tenant));
        return new Week(outcome, 0, 0, tenant.met(), tenant.begun());
    }

    private Week streams() {
        StreamsTenant tenant = streamsTenant(new Shares(gpus * Pool.SHARES, 0, 0));
        PoolOutcome outcome = outcome(List.of(tenant));
        return new Week(outcome, 0, tenant.accuracy(), 0, 0);
    }

    Week pool(Choice choice) {
        ServiceTenant service = serviceTenant(choice.target(), choice.warm());
        SweepTenant sweep = sweepTenant(0.9);
        StreamsTenant streams = streamsTenant(new Shares(SERVING, choice.training(), IDLE));
        PoolOutcome outcome = outcome(List.of(service, sweep, streams));
        return new Week(outcome, service.attainment(), streams.accuracy(), sweep.met(), sweep.begun());
    }

    private PoolOutcome outcome(List<Tenant> tenants) {
        return new PoolSimulation(pool, STEP, tenants).run(seconds);
    }

    private ServiceTenant serviceTenant(double target, int warm) {
        var scaling = new ScalingSpec(
                1,
                100,
                OptionalDouble.of(target),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(20));
        return new ServiceTenant("service", new Demand(rates, 1, LOADING, warm), scaling, HourlyPrice.ofUsd("5"));
    }

    /// 64 trials on a quarter of a machine each, from the morning until half an hour before
    /// midnight.
    private static SweepTenant sweepTenant(double hurry) {
        List<LearningCurve> curves = IntStream.range(0, 64)
                .mapToObj(i -> new LearningCurve(
                        "t" + i,
                        150 + 300.0 * (i * 37 % 64) / 64,
                        IntStream.rangeClosed(1, 18).mapToObj(n -> 1 - 1.0 / n).toList()))
                .toList();
        return new SweepTenant(
                "sweep", new Sweep(curves, 5, 30, 20, 8 * 3600, 15.5 * 3600, hurry), HourlyPrice.ofUsd("2"), GRACE);
    }

    private StreamsTenant streamsTenant(Shares shares) {
        return new StreamsTenant("streams", shares, WINDOW, retraining, HourlyPrice.ofUsd("3"), GRACE);
    }
}
