package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import java.util.List;

/// What the scanner made of a source.
///
/// @param tokens all tokens, comments included, the last one an end
/// @param diagnostics what it did not understand, in order of place
/// @param complete whether the whole source was scanned, rather than given up at a limit
/// @param open whether all is well so far, but something is not closed that may go on in a next line
record Scanned(Source source, List<Token> tokens, List<Diagnostic> diagnostics, boolean complete, boolean open) {}
