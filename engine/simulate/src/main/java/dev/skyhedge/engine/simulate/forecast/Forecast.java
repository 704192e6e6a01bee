package dev.skyhedge.engine.simulate.forecast;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// What is to be expected of a service.
public sealed interface Forecast {
    String service();

    /// Nothing that could be computed.
    ///
    /// @param why for people, a sentence
    record Unknown(String service, String why) implements Forecast {}

    /// The outcome of a number of simulated days.
    ///
    /// @param wanted replicas wanted
    /// @param length of each of them
    /// @param days how many there were
    /// @param usd cost of one
    /// @param full share of time with all wanted replicas ready, from 0 to 1
    /// @param capacity mean share of the wanted replicas that was ready, from 0 to 1
    /// @param preemptions replicas that the cloud took back
    /// @param onDemandShare share of the rented time that was on demand, from 0 to 1
    /// @param allOnDemandUsd cost with the wanted replicas on demand in the cheapest place; empty if it is not
    ///     offered
    /// @param basis what it rests on
    record Expected(
            String service,
            int wanted,
            Duration length,
            int days,
            Range usd,
            Range full,
            Range capacity,
            Range preemptions,
            Range onDemandShare,
            OptionalDouble allOnDemandUsd,
            Basis basis)
            implements Forecast {}

    /// A figure over all simulated days.
    ///
    /// @param mean of it
    /// @param low the 10th percentile
    /// @param high the 90th percentile
    record Range(double mean, double low, double high) {
        private static final double LOW = 0.1;
        private static final double HIGH = 0.9;

        static <T> Range of(List<T> days, ToDoubleFunction<T> figure) {
            double[] values = days.stream().mapToDouble(figure).sorted().toArray();
            return new Range(
                    Arrays.stream(values).average().orElseThrow(), quantile(values, LOW), quantile(values, HIGH));
        }

        /// Interpolated between the two nearest values.
        private static double quantile(double[] sorted, double share) {
            double at = share * (sorted.length - 1);
            int below = (int) at;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
        }
    }

    /// What a forecast rests on.
    ///
    /// @param zones spot pools that were simulated: the cheapest ones
    /// @param leftOut dearer ones that were not
    /// @param zonesSeen how many of those simulated something was learnt of
    /// @param held time for which replicas were there, over all of them
    /// @param losses that were seen in them
    /// @param coldStart median of the times from launch to ready that were seen; empty if none was
    record Basis(int zones, int leftOut, int zonesSeen, Duration held, int losses, Optional<Duration> coldStart) {}
}
