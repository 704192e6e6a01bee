package dev.skyhedge.engine.accelerators;

/// Says what to rent.
@FunctionalInterface
public interface AllocationSolver {
    /// Never fails for want of something to rent: what cannot be served is in
    /// [Allocation#shortSlices].
    Allocation solve(Problem problem, Limits limits);
}
