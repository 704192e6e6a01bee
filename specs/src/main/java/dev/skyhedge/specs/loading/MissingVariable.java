package dev.skyhedge.specs.loading;

/// A variable of the root that has no value and no default.
///
/// @param name without `var.`
/// @param description what the spec says about it; may be empty
/// @param sensitive whether its value must not be shown
public record MissingVariable(String name, String description, boolean sensitive) {}
