package dev.skyhedge.engine.accelerators;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// The most replicas that several rentals may have together: those of one zone, or of whatever
/// else fails as one.
///
/// @param name what they share, for reasons
public record SharedCap(String name, SortedSet<Rental> rentals, int most) {
    public SharedCap {
        if (most < 0) {
            throw new IllegalArgumentException("A cap is not negative: " + most);
        }
        rentals = Collections.unmodifiableSortedSet(new TreeSet<>(rentals));
    }
}
