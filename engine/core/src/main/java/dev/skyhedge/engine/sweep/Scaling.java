package dev.skyhedge.engine.sweep;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How much faster a trial runs on several atoms than on one: the throughput where it is known, a straight line
/// between two such points, none gained beyond the last.
///
/// @param throughput by atoms, relative to one atom; above 0
public record Scaling(SortedMap<Integer, Double> throughput) {
    public Scaling(Map<Integer, Double> throughput) {
        this(new TreeMap<>(throughput));
    }

    public Scaling {
        SortedMap<Integer, Double> known = new TreeMap<>(throughput);
        known.putIfAbsent(1, 1.0);
        throughput = Collections.unmodifiableSortedMap(known);
    }

    /// The throughput on so many atoms, relative to one.
    public double of(int atoms) {
        Double known = throughput.get(atoms);
        if (known != null) {
            return known;
        }
        if (atoms > throughput.lastKey()) {
            return throughput.lastEntry().getValue();
        }
        int below = throughput.headMap(atoms).lastKey();
        int above = throughput.tailMap(atoms).firstKey();
        double low = throughput.getOrDefault(below, 1.0);
        double high = throughput.getOrDefault(above, 1.0);
        return low + (high - low) * (atoms - below) / (above - below);
    }
}
