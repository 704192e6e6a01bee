package dev.skyhedge.engine.weights;

import java.util.Comparator;

/// Where a whole copy of a model is in memory. The natural order is by instance, host copies first,
/// then by replica.
public sealed interface Place extends Comparable<Place> {
    String instance();

    /// In the accelerators of a replica that runs.
    record Gpu(String replica, String instance) implements Place {}

    /// In the memory of a machine, for nobody yet.
    record Host(String instance) implements Place {}

    @Override
    default int compareTo(Place other) {
        return Comparator.comparing(Place::instance)
                .thenComparing(Place::replicaOrEmpty)
                .compare(this, other);
    }

    private static String replicaOrEmpty(Place place) {
        return switch (place) {
            case Gpu gpu -> gpu.replica();
            case Host _ -> "";
        };
    }
}
