package dev.skyhedge.engine.simulate.pool;

/// What a pool came to.
///
/// @param machineHours that were paid for, from the decision to rent a machine until it was given
///     back
/// @param usd what they cost, by the second
/// @param passed how often something was passed from one to another
/// @param stepsBelowFloor in which somebody who serves had less than its floor while background
///     work had some
public record PoolOutcome(double machineHours, double usd, long passed, long stepsBelowFloor) {
    /// Of two pools together.
    public PoolOutcome plus(PoolOutcome other) {
        return new PoolOutcome(
                machineHours + other.machineHours,
                usd + other.usd,
                passed + other.passed,
                stepsBelowFloor + other.stepsBelowFloor);
    }
}
