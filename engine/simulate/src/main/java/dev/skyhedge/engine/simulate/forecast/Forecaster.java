package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.fleet.ColdStart;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.simulate.event.Beginning;
import dev.skyhedge.engine.simulate.event.EventSimulation;
import dev.skyhedge.engine.simulate.event.Lag;
import dev.skyhedge.engine.simulate.event.Lags;
import dev.skyhedge.engine.simulate.forecast.Experience.Pool;
import dev.skyhedge.engine.simulate.forecast.Forecast.Basis;
import dev.skyhedge.engine.simulate.forecast.Forecast.Range;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Simulates the next day of a service some times. Each simulated day begins with what runs now and with what the
/// state knows of zones, has the wanted number of replicas throughout, and another course of the market. The
/// same arguments give the same forecast.
public final class Forecaster {
    /// Enough for a tenth of the days to be more than one.
    public static final int DAYS = 20;

    static final Duration LENGTH = Duration.ofDays(1);

    private static final Duration SHORTEST_WARM_UP = Duration.ofMinutes(10);
    private static final int WARM_UP_COLD_STARTS = 3;
    private static final int PATIENCE_COLD_STARTS = 4;
    private static final long MIB_PER_GIB = 1_024;
    private static final double MICRO = 1e6;
    private static final int NEWS_AT_MOST = 10;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Forecaster() {}

    /// What to forecast.
    ///
    /// @param service what is declared
    /// @param wanted how many replicas
    /// @param world whose offers, with their prices, are to be had
    /// @param experience what its state has seen
    /// @param billedAtLeast for how long the clouds bill an instance, however soon it ends
    public record Question(
            ServiceSpec service, int wanted, World world, Experience experience, Duration billedAtLeast) {
        /// The same for the same state; a state that never held anything is as any other.
        long seed() {
            long state = world.serial() == 0 ? 0 : world.lineage().hashCode() + GOLDEN_GAMMA * world.serial();
            return state * GOLDEN_GAMMA + service.name().hashCode();
        }

        List<Offer> permitted() {
            ResourcesSpec resources = service.resources();
            return world.offers().stream()
                    .filter(offer -> resources.accelerators().contains(offer.accelerator()))
                    .filter(offer ->
                            resources.locations().stream().anyMatch(pattern -> pattern.matches(offer.location())))
                    .filter(offer -> !resources.hasMinimum() || isLargeEnough(offer))
                    .filter(resources::affords)
                    .toList();
        }

        private boolean isLargeEnough(Offer offer) {
            return world.supply()
                    .shape(offer)
                    .filter(shape -> shape.vcpus() >= service.resources().minVcpus()
                            && shape.memoryMib() >= service.resources().minMemoryGb() * MIB_PER_GIB)
                    .isPresent();
        }
    }

    /// Forecasts, several days at a time; the result does not depend on how many.
    ///
    /// @param days how many to simulate, at least 1
    /// @param progress is told of each day that is over, from any thread
    public static Forecast run(Question question, int days, Runnable progress) {
        String name = question.service().name();
        if (question.wanted() < 1) {
            return new Forecast.Unknown(name, "No replica of it is wanted.");
        }
        if (!(question.service().allocation() instanceof AllocationSpec.Any)) {
            return new Forecast.Unknown(
                    name, "It has a number of replicas for each accelerator, and forecasts take all of them as alike.");
        }
        List<Offer> permitted = question.permitted();
        if (permitted.stream().noneMatch(offer -> offer.market() == Market.SPOT)) {
            return new Forecast.Unknown(
                    name,
                    "No spot is offered that the spec permits, so no market is to be foreseen; on-demand costs what"
                            + " the plan says.");
        }
        var fleet = new PresentFleet(question.world(), name);
        ExpectedCloud cloud = ExpectedCloud.of(
                permitted,
                question.experience(),
                fleet.pools(),
                question.world().now());
        Beginning beginning = fleet.in(cloud);
        Spec spec = spec(question, cloud);
        Lags lags = lags(question.experience());
        long[] seeds = new SplittableRandom(question.seed()).longs(days).toArray();
        List<ForecastDay> simulated = IntStream.range(0, days)
                .parallel()
                .mapToObj(day -> {
                    ForecastDay one = simulate(question, cloud, beginning, spec, lags, seeds[day]);
                    progress.run();
                    return one;
                })
                .toList();
        return expected(question, cloud, permitted, simulated);
    }

    private static ForecastDay simulate(
            Question question, ExpectedCloud cloud, Beginning beginning, Spec spec, Lags lags, long seed) {
        Duration warmUp = beginning.isServing(question.wanted())
                ? Duration.ZERO
                : longer(SHORTEST_WARM_UP, coldStart(question.experience()).multipliedBy(WARM_UP_COLD_STARTS));
        return ForecastDay.of(
                new EventSimulation.Settings(
                        spec,
                        cloud.day(question.world().now(), LENGTH, lags, question.billedAtLeast(), seed),
                        question.world().now(),
                        lags,
                        Optional.empty(),
                        warmUp,
                        seed),
                beginning,
                LENGTH);
    }

    private static Forecast expected(
            Question question, ExpectedCloud cloud, List<Offer> permitted, List<ForecastDay> days) {
        List<PoolExperience> seen = ExpectedCloud.cheapestOfEachPool(permitted, Market.SPOT).stream()
                .limit(cloud.pools())
                .map(offer -> question.experience().of(Pool.of(offer)))
                .filter(PoolExperience::isSeen)
                .toList();
        OptionalDouble onDemand = permitted.stream()
                .filter(offer -> offer.market() == Market.ON_DEMAND)
                .map(Offer::price)
                .map(price -> price.times(question.wanted()).microDollarsFor(LENGTH))
                .mapToDouble(cost -> cost / MICRO)
                .min();
        return new Forecast.Expected(
                question.service().name(),
                question.wanted(),
                LENGTH,
                days.size(),
                Range.of(days, ForecastDay::usd),
                Range.of(days, ForecastDay::fullShare),
                Range.of(days, ForecastDay::capacityShare),
                Range.of(days, ForecastDay::preemptions),
                Range.of(days, ForecastDay::onDemandShare),
                onDemand,
                new Basis(
                        cloud.pools(),
                        cloud.leftOut(),
                        seen.size(),
                        seen.stream().map(pool -> pool.room().time()).reduce(Duration.ZERO, Duration::plus),
                        seen.stream().mapToInt(pool -> pool.room().ends()).sum(),
                        question.experience().coldStart()));
    }

    /// The service as declared, but that it has the wanted number always, stands alone, and may use the whole of
    /// the simulated cloud, which has nothing else.
    private static Spec spec(Question question, ExpectedCloud cloud) {
        ServiceSpec service = question.service();
        var resources = new ResourcesSpec(
                service.resources().accelerators(), List.of(LocationPattern.parse(cloud.name() + "/*/*")));
        return Spec.of(new ServiceSpec(
                service.name(),
                service.address(),
                service.replica(),
                resources,
                patient(service.readiness(), coldStart(question.experience())),
                service.placement(),
                ScalingSpec.fixed(question.wanted()),
                service.update(),
                service.endpoint(),
                false));
    }

    /// A start that takes longer than usual is not given up: whether replicas work at all is not foreseen here.
    private static ReadinessSpec patient(ReadinessSpec readiness, Duration coldStart) {
        return readiness.within(longer(readiness.initialDelay(), coldStart.multipliedBy(PATIENCE_COLD_STARTS)));
    }

    private static Duration coldStart(Experience experience) {
        return experience.coldStart().orElse(ColdStart.ASSUMED);
    }

    /// A cold start of the usual length, give or take a third, half of it to boot, and answers after the usual time.
    private static Lags lags(Experience experience) {
        Lags usual = Lags.DEFAULT;
        Lag boot = experience.coldStart().map(seen -> around(seen.dividedBy(2))).orElse(usual.spotBoot());
        return new Lags(
                experience.answer().map(Forecaster::around).orElse(usual.call()),
                experience.refusal().map(Forecaster::around).orElse(usual.refusal()),
                boot,
                boot,
                experience.coldStart().map(_ -> boot).orElse(usual.start()),
                experience.answer().map(Forecaster::news).orElse(usual.event()),
                usual.notice(),
                1);
    }

    private static Lag around(Duration usual) {
        return new Lag.Uniform(
                usual.multipliedBy(2).dividedBy(3), usual.multipliedBy(4).dividedBy(3));
    }

    /// What happens in a cloud is told as fast as it answers, at the usual pace at most: nothing is recorded of it.
    private static Lag news(Duration answer) {
        Lag usual = Lags.DEFAULT.event();
        return answer.compareTo(usual.least()) < 0
                ? new Lag.Tailed(answer, answer, answer.multipliedBy(NEWS_AT_MOST))
                : usual;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
