package dev.skyhedge.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.MeasuredLoad;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/// What holds of random arrivals holds with all but certainty, so that these are the same each time.
class LoadFollowerProperties {
    private static final RequestSize SHORT = new RequestSize(100, 100);
    private static final RequestSize LONG = new RequestSize(8000, 500);
    private static final Map<RequestSize, Double> COSTS = Map.of(SHORT, 0.35, LONG, 3.67);
    private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
    private static final int STEP = 10;
    private static final int WINDOW = 240;

    /// Arrivals of two sizes, asked about every ten seconds as a controller would.
    private static final class Traffic {
        private final Random dice;
        private final DoubleUnaryOperator rate;
        private final DoubleUnaryOperator longShare;
        private final TreeMap<Integer, long[]> counted = new TreeMap<>();
        private SortedMap<RequestSize, Double> planned;
        private boolean isMeasured;
        private ScalingMemory memory = ScalingMemory.NONE;
        private int second;
        private int changes;

        Traffic(long seed, double declared, DoubleUnaryOperator rate, DoubleUnaryOperator longShare) {
            this.dice = new Random(seed);
            this.rate = rate;
            this.longShare = longShare;
            this.planned = new TreeMap<>(Map.of(SHORT, declared * 0.9, LONG, declared * 0.1));
        }

        Traffic until(int seconds) {
            for (; second < seconds; second += STEP) {
                double share = longShare.applyAsDouble(second);
                double expected = STEP * rate.applyAsDouble(second);
                counted.put(second, new long[] {poisson(expected * (1 - share)), poisson(expected * share)});
                counted.headMap(second - WINDOW, true).clear();
                step();
            }
            return this;
        }

        private void step() {
            long brief =
                    counted.values().stream().mapToLong(counts -> counts[0]).sum();
            long lengthy =
                    counted.values().stream().mapToLong(counts -> counts[1]).sum();
            double seconds = counted.size() * (double) STEP;
            var measured = new MeasuredLoad(
                    new TreeMap<>(Map.of(SHORT, brief, LONG, lengthy)),
                    (brief + lengthy) / seconds,
                    Duration.ofSeconds((long) seconds));
            LoadFollower.Decision decision = LoadFollower.decide(new LoadFollower.Input(
                    planned, isMeasured, measured, COSTS::get, memory, BEGIN.plusSeconds(second)));
            memory = decision.memory();
            decision.load().ifPresent(load -> {
                changes += load.equals(planned) ? 0 : 1;
                planned = load;
                isMeasured = true;
            });
        }

        private long poisson(double mean) {
            long count = 0;
            for (double time = -Math.log(1 - dice.nextDouble()); time < mean; count++) {
                time -= Math.log(1 - dice.nextDouble());
            }
            return count;
        }

        double cost() {
            return planned.entrySet().stream()
                    .mapToDouble(entry -> Objects.requireNonNull(COSTS.get(entry.getKey())) * entry.getValue())
                    .sum();
        }
    }

    private static double cost(double rate, double longShare) {
        return rate
                * ((1 - longShare) * Objects.requireNonNull(COSTS.get(SHORT))
                        + longShare * Objects.requireNonNull(COSTS.get(LONG)));
    }

    @Property(tries = 200, seed = "7")
    void aRateThatWobblesByATenthMovesNothing(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.5, max = 100) double rate,
            @ForAll @DoubleRange(min = 30, max = 2000) double period) {
        Traffic traffic = new Traffic(
                        seed, rate, second -> rate * (1 + 0.1 * Math.sin(2 * Math.PI * second / period)), _ -> 0.1)
                .until(4 * 3600);

        assertThat(traffic.changes).isLessThanOrEqualTo(rate < 2 ? 2 : rate < 10 ? 1 : 0);
    }

    @Property(tries = 100, seed = "7")
    void moreIsFollowedWithinTwoWindows(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 4, max = 50) double rate,
            @ForAll @DoubleRange(min = 1.5, max = 5) double factor) {
        Traffic traffic = new Traffic(seed, rate, second -> second < 3600 ? rate : rate * factor, _ -> 0.1).until(3600);
        int before = traffic.changes;
        traffic.until(3600 + 2 * WINDOW);

        assertThat(traffic.changes).isGreaterThan(before);
        // A first change may have seen a part of the rise; what is missing is at most what another one follows.
        assertThat(traffic.until(3600 + 4 * WINDOW).cost())
                .isBetween(0.7 * cost(rate * factor, 0.1), 1.4 * cost(rate * factor, 0.1));
    }

    @Property(tries = 100, seed = "7")
    void lessIsFollowedWithinFourWindows(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 10, max = 50) double rate,
            @ForAll @DoubleRange(min = 0, max = 0.5) double factor) {
        Traffic traffic = new Traffic(seed, rate, second -> second < 3600 ? rate : rate * factor, _ -> 0.1)
                .until(3600 + 4 * WINDOW);

        assertThat(traffic.cost()).isLessThan(cost(rate, 0.1) * (factor + 0.4));
        assertThat(traffic.cost()).isPositive();
    }

    @Property(tries = 100, seed = "7")
    void otherSizesAreFollowedAtTheSameRate(@ForAll long seed, @ForAll @DoubleRange(min = 4, max = 50) double rate) {
        Traffic traffic =
                new Traffic(seed, rate, _ -> rate, second -> second < 3600 ? 0.1 : 0.4).until(3600 + 4 * WINDOW);

        assertThat(traffic.cost()).isBetween(0.7 * cost(rate, 0.4), 1.4 * cost(rate, 0.4));
    }

    @Property(tries = 100, seed = "7")
    void aBurstOfHalfAMinuteIsNoReason(@ForAll long seed, @ForAll @DoubleRange(min = 5, max = 50) double rate) {
        Traffic traffic = new Traffic(
                        seed, rate, second -> second >= 3600 && second < 3630 ? rate * 1.8 : rate, _ -> 0.1)
                .until(2 * 3600);

        assertThat(traffic.changes).isZero();
    }

    @Example
    void whatWasDeclaredHoldsUntilEnoughWasMeasured() {
        assertThat(new Traffic(1, 4, _ -> 0, _ -> 0.1).until(24 * 3600).changes).isZero();
        assertThat(new Traffic(1, 4, _ -> 0.3, _ -> 0.1).until(24 * 3600).changes)
                .isZero();
        assertThat(new Traffic(1, 4, _ -> 1, _ -> 0.1).until(2 * 3600).changes).isPositive();
    }
}
