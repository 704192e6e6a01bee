package dev.skyhedge.cli.view.progress;

/// What an apply did, counted as [PlanTotals] counts what a plan is to do.
///
/// @param launched replicas that became ready without another one going, and rented ones that were not needed any more
///     before they were ready
/// @param replaced pairs of one that became ready and one that went
/// @param terminated replicas that went without another one coming
/// @param imported instances that were taken over and became ready
public record ApplyTotals(int launched, int replaced, int terminated, int imported) {
    /// Without anything imported.
    public ApplyTotals(int launched, int replaced, int terminated) {
        this(launched, replaced, terminated, 0);
    }
}
