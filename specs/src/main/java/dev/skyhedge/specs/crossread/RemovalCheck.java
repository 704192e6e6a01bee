package dev.skyhedge.specs.crossread;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.util.List;

/// Whether services are really gone from the files of a spec.
///
/// @param reading what the second reader says about them
/// @param mentions places where one of them still seems to be declared, found by a plain search for words; one
///     for each
public record RemovalCheck(CrossReading reading, List<Diagnostic> mentions) {
    public RemovalCheck {
        mentions = List.copyOf(mentions);
    }

    /// Whether everything says that they are gone, so that nobody needs to be asked.
    public boolean isCertain() {
        return reading instanceof CrossReading.Agreed && mentions.isEmpty();
    }
}
