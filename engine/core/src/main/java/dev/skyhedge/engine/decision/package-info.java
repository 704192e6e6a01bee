/// Decisions: what the planner was given when it decided something, so that it can be asked again,
/// also with something changed.
///
/// Nothing in here decides: every answer is the planner's, to a world that was recorded or changed
/// on purpose.
@NullMarked
package dev.skyhedge.engine.decision;

import org.jspecify.annotations.NullMarked;
