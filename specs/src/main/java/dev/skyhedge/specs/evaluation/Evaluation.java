package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.values.Value;
import java.util.List;
import java.util.Optional;

/// What an expression evaluated to.
///
/// @param value the value; empty if there is an error
/// @param diagnostics the error, and any warnings
public record Evaluation(Optional<Value> value, List<Diagnostic> diagnostics) {}
