package dev.skyhedge.specs;

/// What all workloads of a spec may cost together: the `budget` block.
///
/// @param microDollarsPerDay from midnight to midnight UTC, in micro-dollars, above 0
/// @param onBreach what is done when what is wanted would cost more, default [OnBreach#DEGRADE]
public record BudgetSpec(long microDollarsPerDay, OnBreach onBreach) {
    public BudgetSpec {
        if (microDollarsPerDay <= 0) {
            throw new IllegalArgumentException("A budget is above 0: " + microDollarsPerDay);
        }
    }

    /// What is done when what is wanted would cost more than there is.
    public enum OnBreach {
        /// Workloads give up what they can do without, in an order, so that the money lasts.
        DEGRADE,
        /// It is said, and nothing else.
        WARN
    }
}
