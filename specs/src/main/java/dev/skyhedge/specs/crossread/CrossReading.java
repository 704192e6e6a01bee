package dev.skyhedge.specs.crossread;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.util.List;

/// What came of reading the files twice.
public sealed interface CrossReading {
    /// Both readers found the same.
    record Agreed() implements CrossReading {}

    /// The readers found different things.
    ///
    /// @param diagnostics one for each difference, with both readings
    record Disagreed(List<Diagnostic> diagnostics) implements CrossReading {
        public Disagreed {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /// The second reader could not read a file.
    ///
    /// @param why a sentence that names the file
    record NotRead(String why) implements CrossReading {}
}
