package dev.skyhedge.cli.planfile;

/// What reading a plan file came to.
public sealed interface PlanFileResult {
    /// It is good.
    record Read(PlanFile file) implements PlanFileResult {}

    /// It is not.
    record Refused(PlanFileProblem problem) implements PlanFileResult {}
}
