package dev.skyhedge.engine.simulate;

/// What nobody can undercut in a window: the cheapest cost with hindsight.
///
/// @param objective cost of all ticks, what is charged for shortfall not included
/// @param cost cost of the judged ticks, in prices of the protocol
/// @param costShare the same as a share of the wanted replicas on-demand throughout
/// @param full share of judged ticks in which all wanted replicas are ready; 1 unless shortfall was permitted
/// @param shortfall mean number of wanted replicas that are not ready; 0 unless that was permitted
/// @param method how it was found
/// @param isIntegral whether the solution is in whole replicas; if not, it is a bound all the same, but perhaps
///     one that cannot be reached
/// @param spending what the solution spends when
public record Bound(
        double objective,
        double cost,
        double costShare,
        double full,
        double shortfall,
        Method method,
        boolean isIntegral,
        Spending spending) {
    /// How it was found.
    public enum Method {
        /// As a shortest path: no zone is ever too small for all wanted replicas, so that each is served as
        /// one alone.
        SHORTEST_PATH,
        /// As a linear program, by CLP, with a solution in whole replicas.
        LINEAR,
        /// As a mixed-integer program, by CBC, because the linear one's solution was not in whole replicas.
        MIXED_INTEGER,
        /// As a linear program whose solution is not in whole replicas, the mixed-integer one being too slow.
        RELAXED
    }
}
