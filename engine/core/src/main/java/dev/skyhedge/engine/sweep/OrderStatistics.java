package dev.skyhedge.engine.sweep;

import java.util.Arrays;

/// Numbers in ascending order, for percentiles of what has been seen so far.
final class OrderStatistics {
    private double[] sorted = new double[16];
    private int size;

    int size() {
        return size;
    }

    void add(double value) {
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, 2 * size);
        }
        int at = place(value);
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = value;
        size++;
    }

    /// @param value one that was added
    void remove(double value) {
        int at = place(value);
        System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
        size--;
    }

    private int place(double value) {
        int found = Arrays.binarySearch(sorted, 0, size, value);
        return found < 0 ? -found - 1 : found;
    }

    /// The percentile, on a straight line between the two numbers next to it.
    ///
    /// @param share from 0 to 1
    double percentile(double share) {
        double position = share * (size - 1);
        int below = (int) position;
        int above = Math.min(below + 1, size - 1);
        double low = sorted[below];
        // Of two that are equal the line is flat, also where both are infinite.
        return low == sorted[above] ? low : low + (sorted[above] - low) * (position - below);
    }

    double median() {
        return percentile(0.5);
    }
}
