package dev.skyhedge.engine.decision;

import dev.skyhedge.engine.plan.Action;

/// A change of what the planner was given after which it launches what was asked about. The planner
/// was asked: it does.
///
/// @param change for people, as what follows "if"
/// @param launch what it launches then
public record Turn(String change, Action.Launch launch) {}
