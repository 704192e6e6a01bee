package dev.skyhedge.specs;

import dev.skyhedge.spi.Accelerator;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How the replicas of a service are divided among the accelerators that it may run on.
public sealed interface AllocationSpec {
    /// What holds where the spec says nothing.
    AllocationSpec DEFAULT = new Any();

    /// All permitted accelerators are alike: each replica goes where it is cheapest or safest.
    record Any() implements AllocationSpec {}

    /// So many replicas on each accelerator, whatever the others have. Each accelerator has spares and stand-ins of
    /// its own.
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
}
