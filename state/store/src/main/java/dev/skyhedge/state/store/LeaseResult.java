package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.StateProblem;

/// What a claim came to.
public sealed interface LeaseResult {
    /// It is ours.
    record Granted(Lease lease) implements LeaseResult {}

    /// Somebody else has it.
    record HeldBy(Lease lease) implements LeaseResult {}

    /// The store did not answer.
    record Unavailable(StateProblem problem) implements LeaseResult {}
}
