package dev.skyhedge.state.store;

import dev.skyhedge.state.records.StateProblem;

/// What opening a state came to.
public sealed interface OpenResult {
    /// It is open; the caller closes it.
    record Opened(StateStore store) implements OpenResult {}

    /// It is not, and is as it was.
    record Refused(StateProblem problem) implements OpenResult {}
}
