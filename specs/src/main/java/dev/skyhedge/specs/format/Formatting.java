package dev.skyhedge.specs.format;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.util.List;

/// What became of a text that was to be formatted.
public sealed interface Formatting {
    /// The text in its canonical layout.
    record Formatted(String text) implements Formatting {}

    /// The text is not a valid file, so it stays as it is.
    ///
    /// @param diagnostics all that is wrong with it
    record Refused(List<Diagnostic> diagnostics) implements Formatting {
        public Refused {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
