package dev.skyhedge.cli.arguments;

import picocli.CommandLine.ITypeConverter;

/// What the values of an option or argument are.
///
/// @param type their class, which completion goes by, too
/// @param reader reads one from what was typed
public record ValueType<T>(Class<T> type, ITypeConverter<T> reader) {}
