package dev.skyhedge.specs.format;

import dev.skyhedge.specs.syntax.Token.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One space between tokens, or none.
final class Spacing {
    /// After these a minus is a sign.
    private static final Set<Kind> BEFORE_SIGN = EnumSet.of(
            Kind.OPEN_PAREN,
            Kind.OPEN_BRACE,
            Kind.OPEN_BRACKET,
            Kind.ASSIGN,
            Kind.COLON,
            Kind.COMMA,
            Kind.QUESTION,
            Kind.PLUS,
            Kind.STAR,
            Kind.SLASH,
            Kind.PERCENT,
            Kind.MINUS,
            Kind.EQUAL,
            Kind.NOT_EQUAL,
            Kind.GREATER,
            Kind.GREATER_OR_EQUAL,
            Kind.LESS,
            Kind.LESS_OR_EQUAL,
            Kind.AND,
            Kind.OR,
            Kind.NOT);

    private static final Set<Kind> TEXT_STARTS =
            EnumSet.of(Kind.QUOTED_TEXT, Kind.HEREDOC_TEXT, Kind.OPEN_QUOTE, Kind.OPEN_HEREDOC);
    private static final Set<Kind> TEXT_ENDS =
            EnumSet.of(Kind.QUOTED_TEXT, Kind.HEREDOC_TEXT, Kind.CLOSE_QUOTE, Kind.CLOSE_HEREDOC);

    private Spacing() {}

    static void apply(List<Line> lines) {
        for (Line line : lines) {
            cell(line.lead());
            cell(line.assign());
            line.assign().stream().findFirst().ifPresent(piece -> piece.spaces(1));
        }
    }

    private static void cell(List<Piece> cell) {
        for (int i = 0; i + 1 < cell.size(); i++) {
            Optional<Kind> before =
                    i == 0 ? Optional.empty() : Optional.of(cell.get(i - 1).kind());
            boolean space = between(before, cell.get(i), cell.get(i + 1).kind());
            cell.get(i + 1).spaces(space ? 1 : 0);
        }
    }

    /// Whether there is a space after a token, by the tokens around it. The first rule that knows decides.
    private static boolean between(Optional<Kind> before, Piece piece, Kind after) {
        Kind kind = piece.kind();
        if ((kind == Kind.IDENTIFIER && after == Kind.OPEN_PAREN)
                || kind == Kind.DOT
                || after == Kind.DOT
                || after == Kind.COMMA
                || after == Kind.ELLIPSIS) {
            return false;
        }
        if (kind == Kind.COMMA) {
            return true;
        }
        if (TEXT_STARTS.contains(kind) || TEXT_ENDS.contains(after)) {
            return false;
        }
        if (piece.text().equals("in") && before.equals(Optional.of(Kind.IDENTIFIER))) {
            return true;
        }
        if (after == Kind.OPEN_BRACKET && (kind == Kind.IDENTIFIER || kind == Kind.NUMBER || kind.opens() < 0)) {
            return false;
        }
        if (kind == Kind.NOT) {
            return false;
        }
        if (kind == Kind.MINUS) {
            return before.isPresent() && !BEFORE_SIGN.contains(before.get());
        }
        return braces(kind, after);
    }

    private static boolean braces(Kind kind, Kind after) {
        if (kind == Kind.OPEN_BRACE || after == Kind.CLOSE_BRACE) {
            return !(kind == Kind.OPEN_BRACE && after == Kind.CLOSE_BRACE);
        }
        boolean opensTemplate = kind == Kind.OPEN_INTERPOLATION || kind == Kind.OPEN_DIRECTIVE;
        if ((opensTemplate && after == Kind.OPEN_BRACE) || (kind == Kind.CLOSE_BRACE && after == Kind.CLOSE_TEMPLATE)) {
            return true;
        }
        if (kind == Kind.CLOSE_TEMPLATE && (after == Kind.OPEN_INTERPOLATION || after == Kind.OPEN_DIRECTIVE)) {
            return false;
        }
        return kind.opens() <= 0 && after.opens() >= 0;
    }
}
