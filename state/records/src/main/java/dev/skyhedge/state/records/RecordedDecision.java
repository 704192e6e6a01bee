package dev.skyhedge.state.records;

import java.time.Instant;

/// What the planner was given when it decided something, and what it decided, as text that only the
/// engine understands.
///
/// @param serial of the state that the decision led to
/// @param at when it was made
/// @param text of the decision
public record RecordedDecision(long serial, Instant at, String text) {}
