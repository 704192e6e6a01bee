package dev.skyhedge.engine.accelerators;

/// Solvers know whole numbers to some digits only.
final class WholeNumbers {
    private static final double TOLERANCE = 1e-4;

    private WholeNumbers() {}

    /// @throws IllegalStateException if it is none
    static int of(double value) {
        long rounded = Math.round(value);
        if (Math.abs(value - rounded) > TOLERANCE) {
            throw new IllegalStateException("Not a whole number: " + value);
        }
        return Math.toIntExact(rounded);
    }
}
