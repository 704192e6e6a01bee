package dev.skyhedge.engine.scaling;

import dev.skyhedge.engine.plan.MeasuredLoad;
import dev.skyhedge.engine.scaling.Hysteresis.Direction;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.state.records.FollowedLoad;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/// When the load that a mix of accelerators is planned for follows the measured one. Pure.
///
/// Loads are compared by what they cost where each size is served cheapest, so that ten long
/// requests weigh more than ten short ones. Counts are believed as far as chance leaves them, three
/// deviations to either side: of `n` requests of a size `n - 3 sqrt(n)` for more, and `n + 3
/// sqrt(n) + 4` for less. What the mix follows stays in force until another load has been there for
/// a while, then it is that load, in one step: a mix that is right for one load is no step on the
/// way to another.
public final class LoadFollower {
    /// How much more there has to be; what is planned has room of its own beside it.
    private static final double MORE = 0.1;

    /// How much less. With the above, a rate that wobbles by a tenth moves nothing.
    private static final double LESS = 0.25;

    /// Measured requests from which on they count for more than what was declared.
    private static final long ENOUGH = 100;

    private static final double DEVIATIONS = 3;
    private static final double NONE_SEEN = 4;
    private static final MathContext DIGITS = new MathContext(4);

    private static final Hysteresis DELAYS = new Hysteresis(Duration.ofMinutes(1), Duration.ofMinutes(10));

    private LoadFollower() {}

    /// @param planned requests per second by size, that the mix is planned for until now
    /// @param isMeasured whether these were measured; else they are the declared ones
    /// @param cost of one request per second of a size, above 0; in any unit
    /// @param memory what the last decision left to remember
    public record Input(
            SortedMap<RequestSize, Double> planned,
            boolean isMeasured,
            MeasuredLoad measured,
            ToDoubleFunction<RequestSize> cost,
            ScalingMemory memory,
            Instant now) {
        public Input {
            planned = Collections.unmodifiableSortedMap(new TreeMap<>(planned));
        }
    }

    /// @param load to be planned for from now on, as measured: it may be the planned one; empty to
    ///     stay with what is planned
    /// @param memory to be given to the next decision
    /// @param wakeAt when the decision may change without a change of input
    public record Decision(
            Optional<SortedMap<RequestSize, Double>> load, ScalingMemory memory, Optional<Instant> wakeAt) {}

    /// What was followed last; empty if that was another declaration's, or is not of this profile.
    public static Optional<SortedMap<RequestSize, Double>> followed(
            AllocationSpec.Mixed mixed, Optional<FollowedLoad> recorded) {
        return recorded.filter(load -> load.declaredPerSecond() == mixed.requestsPerSecond()
                        && !load.perSecond().isEmpty())
                .map(load -> {
                    SortedMap<RequestSize, Double> rates = new TreeMap<>();
                    load.perSecond().forEach((size, rate) -> rates.put(RequestSize.parse(size), rate));
                    return rates;
                })
                .filter(rates -> mixed.sizes().containsAll(rates.keySet()));
    }

    /// Decides.
    public static Decision decide(Input input) {
        boolean speaks = input.measured()
                                .over()
                                .compareTo(MeasuredLoad.WINDOW.multipliedBy(3).dividedBy(4))
                        >= 0
                && (input.isMeasured() || input.measured().total() >= ENOUGH);
        Hysteresis.Answer answer = DELAYS.ask(input.memory(), speaks ? direction(input) : Direction.STAY, input.now());
        if (answer.due()) {
            return new Decision(Optional.of(measured(input)), answer.memory(), answer.wakeAt());
        }
        boolean agrees = speaks && answer.memory().equals(ScalingMemory.NONE);
        return new Decision(
                agrees && !input.isMeasured() ? Optional.of(input.planned()) : Optional.empty(),
                answer.memory(),
                answer.wakeAt());
    }

    private static Direction direction(Input input) {
        Difference difference = Difference.of(input);
        if (difference.more > MORE * difference.planned) {
            return Direction.MORE;
        }
        return difference.less > LESS * difference.planned ? Direction.LESS : Direction.STAY;
    }

    /// What was measured, as far as anything was: of nothing at all, about as much as may be missed
    /// in the window.
    private static SortedMap<RequestSize, Double> measured(Input input) {
        MeasuredLoad measured = input.measured();
        double least = 1.0 / seconds(measured);
        double rate = Math.max(measured.requestsPerSecond(), least);
        SortedMap<RequestSize, Double> load = new TreeMap<>();
        if (measured.total() == 0) {
            double all = input.planned().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            input.planned().forEach((size, planned) -> load.put(size, rounded(planned / all * rate)));
        } else {
            measured.counts().forEach((size, count) -> load.put(size, rounded(rate * count / measured.total())));
        }
        return load;
    }

    /// What nobody can tell apart is written the same.
    private static double rounded(double rate) {
        return BigDecimal.valueOf(rate).round(DIGITS).doubleValue();
    }

    private static double seconds(MeasuredLoad measured) {
        return measured.over().toMillis() / 1000.0;
    }

    /// What two loads cost, and what the measured one certainly has more and less; by size, or in
    /// all, whichever is plainer.
    private record Difference(double planned, double more, double less) {
        static Difference of(Input input) {
            double seconds = seconds(input.measured());
            long total = input.measured().total();
            // Those that wait have sizes, too: those of the others.
            double waiting = total == 0 ? 1 : Math.max(1, input.measured().requestsPerSecond() * seconds / total);
            SortedSet<RequestSize> sizes = new TreeSet<>(input.planned().keySet());
            sizes.addAll(input.measured().counts().keySet());
            double planned = 0;
            double measured = 0;
            double more = 0;
            double less = 0;
            double variance = 0;
            double dearest = 0;
            for (RequestSize size : sizes) {
                double cost = input.cost().applyAsDouble(size);
                double before = input.planned().getOrDefault(size, 0.0);
                double seen = waiting * input.measured().counts().getOrDefault(size, 0L);
                planned += before * cost;
                measured += seen / seconds * cost;
                variance += seen * cost * cost / (seconds * seconds);
                dearest = Math.max(dearest, cost);
                more += Math.max(0, low(seen) / seconds - before) * cost;
                less += Math.max(0, before - high(seen) / seconds) * cost;
            }
            double chance = DEVIATIONS * Math.sqrt(variance);
            return new Difference(
                    planned,
                    Math.max(more, measured - chance - planned),
                    Math.max(less, planned - measured - chance - NONE_SEEN * dearest / seconds));
        }

        private static double low(double count) {
            return Math.max(0, count - DEVIATIONS * Math.sqrt(count));
        }

        private static double high(double count) {
            return count + DEVIATIONS * Math.sqrt(count) + NONE_SEEN;
        }
    }
}
