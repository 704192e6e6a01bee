package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.SourceRange;
import java.util.Optional;

/// A template as a flat sequence, before strip markers, flushing and nesting are worked out.
sealed interface TemplatePiece {
    default boolean stripsLeft() {
        return false;
    }

    default boolean stripsRight() {
        return false;
    }

    /// Literal text; in a heredoc at most one line.
    record Text(String text) implements TemplatePiece {}

    record Interpolation(Expression expression, boolean stripsLeft, boolean stripsRight) implements TemplatePiece {}

    /// @param word `if`, `else`, `endif`, `for` or `endfor`
    /// @param condition of an `if`
    /// @param loop of a `for`
    record Directive(
            String word,
            Optional<Expression> condition,
            Optional<CollectionParser.ForIntroduction> loop,
            SourceRange range,
            boolean stripsLeft,
            boolean stripsRight)
            implements TemplatePiece {}
}
