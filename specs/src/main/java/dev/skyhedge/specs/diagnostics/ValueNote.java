package dev.skyhedge.specs.diagnostics;

/// The value of something that the failing expression refers to.
///
/// @param traversal how the spec writes it, such as `var.size`
/// @param statement what it is: `is 0`, `has a sensitive value`
public record ValueNote(String traversal, String statement) {}
