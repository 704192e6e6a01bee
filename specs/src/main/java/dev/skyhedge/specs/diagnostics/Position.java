package dev.skyhedge.specs.diagnostics;

/// A place between two characters of a source.
///
/// @param line from 1
/// @param column from 1, counted in grapheme clusters; a tab is one
/// @param byteOffset from 0, in UTF-8, a leading byte order mark not counted
public record Position(int line, int column, int byteOffset) {}
