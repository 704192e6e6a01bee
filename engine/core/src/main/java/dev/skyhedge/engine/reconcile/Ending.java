package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.StateProblem;
import java.util.List;
import java.util.Optional;

/// Why a controller ended.
public sealed interface Ending {
    /// The goal is reached.
    record Reached() implements Ending {}

    /// The goal cannot be reached without a human.
    ///
    /// @param reasons why, for people, one for each service or replica concerned
    record Hopeless(List<String> reasons) implements Ending {
        public Hopeless {
            reasons = List.copyOf(reasons);
        }
    }

    /// Somebody asked for it.
    record Stopped() implements Ending {}

    /// Somebody else has taken the lease.
    record Fenced(Optional<Lease> holder) implements Ending {}

    /// The state does not take commits.
    record NotSaved(StateProblem problem) implements Ending {}
}
