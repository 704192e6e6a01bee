package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.SourceRange;

/// Where the characters of a text that is parsed on its own stand in the file that it was taken from.
@FunctionalInterface
public interface Placement {
    /// The place of the characters `[from, to)` of the text.
    SourceRange range(int from, int to);
}
