package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Finds the block whose brace is missing or too many: where they do not add up, the error is found only at the end of
/// the file, but the first block whose closing brace is indented otherwise than its header tells where it is.
final class Braces {
    static final String UNCLOSED = "Unclosed configuration block";
    private static final String STRAY = "This closing brace has no opening brace.";

    private final TokenCursor tokens;
    private final List<Doubtful> doubtful = new ArrayList<>();

    Braces(TokenCursor tokens) {
        this.tokens = tokens;
    }

    /// A block that is closed by a brace which does not look as if it were meant for it.
    private record Doubtful(SourceRange header, SourceRange close) {}

    void closed(Token type, SourceRange header, Token close) {
        OptionalInt begin = tokens.indentation(type);
        OptionalInt end = tokens.indentation(close);
        if (begin.isPresent() && end.isPresent() && begin.getAsInt() != end.getAsInt()) {
            doubtful.add(new Doubtful(header, tokens.range(close)));
        }
    }

    /// What to say of a block that is not closed before the end of the file.
    String unclosed(Token open) {
        Optional<Doubtful> inner =
                doubtful.stream().filter(d -> d.header.from() > open.from()).findFirst();
        return "There is no closing \"}\" for this \"{\" before the end of the file."
                + inner.map(d -> " Maybe that of " + d.header.text() + " at " + d.header.place()
                                + " is missing: it is closed by the brace at " + d.close.place()
                                + ", which is indented otherwise.")
                        .orElse("");
    }

    /// What to say of a brace that closes nothing.
    String tooMany() {
        return STRAY
                + doubtful.stream()
                        .findFirst()
                        .map(d -> " Maybe the one at " + d.close.place() + " is too many: it closes " + d.header.text()
                                + " at " + d.header.place() + ", but is indented otherwise.")
                        .orElse("");
    }

    /// Leaves out blocks that are unclosed, and braces that close nothing, because something before could not be read.
    static List<Diagnostic> withoutConsequences(List<Diagnostic> sorted) {
        int last = sorted.isEmpty()
                ? 0
                : sorted.getLast().subject().map(SourceRange::from).orElse(0);
        return sorted.stream()
                .filter(d -> !d.summary().equals(UNCLOSED)
                        || d.subject().map(SourceRange::from).orElse(0) >= last)
                .filter(d -> !d.detail().startsWith(STRAY) || d.equals(sorted.getFirst()))
                .toList();
    }
}
