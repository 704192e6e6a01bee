package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.syntax.Token.Kind;
import java.util.EnumSet;
import java.util.Set;

/// How far somebody has come who types an expression line by line.
public enum Completeness {
    /// White space and comments only.
    EMPTY,
    /// A bracket, a template sequence or a heredoc is open, so more lines belong to it.
    OPEN,
    /// To be read as it is, right or wrong.
    COMPLETE;

    private static final Set<Kind> BLANK = EnumSet.of(Kind.NEWLINE, Kind.COMMENT, Kind.END);

    /// Of the lines so far, each with its newline.
    public static Completeness of(Source lines, Limits limits) {
        Scanned scanned = Scanner.scan(lines, limits);
        if (scanned.open()) {
            return OPEN;
        }
        boolean empty = scanned.diagnostics().isEmpty()
                && scanned.tokens().stream().allMatch(token -> BLANK.contains(token.kind()));
        return empty ? EMPTY : COMPLETE;
    }
}
