package dev.skyhedge.specs;

import dev.skyhedge.spi.Accelerator;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How the replicas of a service are divided among the accelerators that it may run on.
public sealed interface AllocationSpec {
    /// What holds where the spec says nothing.
    AllocationSpec DEFAULT = new Any();

    /// All permitted accelerators are alike: each replica goes where it is cheapest or safest.
    record Any() implements AllocationSpec {}

    /// So many replicas on each accelerator, whatever the others have. Each accelerator has
    /// spares and stand-ins of its own.
    ///
    /// @param replicas on an accelerator; 0 or more
    record Fixed(SortedMap<Accelerator, Integer> replicas) implements AllocationSpec {
        public Fixed {
            replicas.forEach((accelerator, number) -> {
                if (number < 0) {
                    throw new IllegalArgumentException(number + " replicas on " + accelerator);
                }
            });
            replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
        }

        /// For people: `4 on L4:1, 1 on A100-80GB:1`.
        public String text() {
            return replicas.entrySet().stream()
                    .map(entry -> entry.getValue() + " on " + entry.getKey())
                    .collect(Collectors.joining(", "));
        }

        /// Of all accelerators together.
        public int total() {
            return replicas.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /// The cheapest mix of accelerators that keeps a service level at a rate of requests: how
    /// many replicas of which follows from what they cost.
    ///
    /// @param maxRates what one replica sustains within the service level, in requests per second
    ///     by accelerator and size; 0 where it cannot serve such requests. Each permitted
    ///     accelerator has each size in use; others may be there
    /// @param shares of requests by size, in parts of 1, each above 0
    /// @param requestsPerSecond of all sizes together; above 0
    /// @param headroom room beyond that rate, 0.1 for a tenth; not negative
    /// @param atLeast replicas of an accelerator that there are in any case
    /// @param atMost replicas of an accelerator that there are at most; none says nothing
    /// @param maxUsdPerHour what the mix may cost, at the prices that mixes are compared at
    record Mixed(
            SortedMap<Accelerator, SortedMap<RequestSize, Double>> maxRates,
            SortedMap<RequestSize, Double> shares,
            double requestsPerSecond,
            double headroom,
            SortedMap<Accelerator, Integer> atLeast,
            SortedMap<Accelerator, Integer> atMost,
            OptionalDouble maxUsdPerHour)
            implements AllocationSpec {
        public Mixed {
            if (!(requestsPerSecond > 0) || !(headroom >= 0) || shares.isEmpty()) {
                throw new IllegalArgumentException("No workload: " + requestsPerSecond + " requests per second of "
                        + shares + ", headroom " + headroom);
            }
            SortedMap<Accelerator, SortedMap<RequestSize, Double>> copy = new TreeMap<>();
            maxRates.forEach((accelerator, rates) ->
                    copy.put(accelerator, Collections.unmodifiableSortedMap(new TreeMap<>(rates))));
            maxRates = Collections.unmodifiableSortedMap(copy);
            shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
            atLeast = Collections.unmodifiableSortedMap(new TreeMap<>(atLeast));
            atMost = Collections.unmodifiableSortedMap(new TreeMap<>(atMost));
        }

        /// All that the profile tells apart.
        public SortedSet<RequestSize> sizes() {
            SortedSet<RequestSize> sizes = new TreeSet<>(shares.keySet());
            maxRates.values().forEach(rates -> sizes.addAll(rates.keySet()));
            return sizes;
        }

        /// The declared requests per second by size.
        public SortedMap<RequestSize, Double> declaredRates() {
            SortedMap<RequestSize, Double> rates = new TreeMap<>();
            shares.forEach((size, share) -> rates.put(size, share * requestsPerSecond));
            return rates;
        }

        /// Requests per second of one replica; 0 where it cannot serve them, or nothing is known
        /// of it.
        public double maxRate(Accelerator accelerator, RequestSize size) {
            return maxRates.getOrDefault(accelerator, Collections.emptySortedMap())
                    .getOrDefault(size, 0.0);
        }
    }
}
