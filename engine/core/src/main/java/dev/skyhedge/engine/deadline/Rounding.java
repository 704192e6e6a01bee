package dev.skyhedge.engine.deadline;

/// How far sums of hours may be off.
final class Rounding {
    /// In ticks.
    static final double TICKS = 1e-6;

    /// In hours, less than a hundredth of a second.
    static final double HOURS = 1e-6;

    private Rounding() {}
}
