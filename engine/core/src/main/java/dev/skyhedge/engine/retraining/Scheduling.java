package dev.skyhedge.engine.retraining;

/// What a scheduler answers.
public sealed interface Scheduling {
    /// There is a plan.
    record Planned(WindowPlan plan) implements Scheduling {}

    /// The least accuracy cannot be served, even when nothing is retrained.
    ///
    /// @param stream the one that it fails for
    /// @param reason for people
    record Infeasible(String stream, String reason) implements Scheduling {}
}
