package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.Type;

/// A parameter of a function.
///
/// @param name for documentation and messages
/// @param type what an argument is converted to; `any` takes it as it is
/// @param nullable whether null may be passed
public record Parameter(String name, Type type, boolean nullable) {}
