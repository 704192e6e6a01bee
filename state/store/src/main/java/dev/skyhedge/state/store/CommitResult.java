package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.StateProblem;
import java.util.Optional;

/// What a commit came to.
public sealed interface CommitResult {
    /// It is durable.
    ///
    /// @param serial the serial after it
    record Committed(long serial) implements CommitResult {}

    /// Somebody else has taken the lease: nothing was written; stop all effects.
    ///
    /// @param holder who has it now, if anybody
    record Fenced(Optional<Lease> holder) implements CommitResult {}

    /// The store did not take it: nothing was written; start no new effect.
    record NotSaved(StateProblem problem) implements CommitResult {}
}
