package dev.skyhedge.specs.format;

import dev.skyhedge.specs.syntax.Token.Kind;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A line in cells that are aligned with those of its neighbours. A heredoc belongs to the line that it starts
/// on.
///
/// @param lead everything, or what comes before the equals sign
/// @param assign the equals sign and the value, if they are all on this line
/// @param comment the comment at the end
/// @param end the newline
record Line(List<Piece> lead, List<Piece> assign, List<Piece> comment, List<Piece> end) {

    /// Splits at newlines.
    static List<Line> split(List<Piece> pieces) {
        List<Line> lines = new ArrayList<>();
        List<Piece> current = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.kind() == Kind.NEWLINE) {
                lines.add(of(current, List.of(piece)));
                current = new ArrayList<>();
            } else if (piece.kind() != Kind.END) {
                current.add(piece);
            }
        }
        if (!current.isEmpty()) {
            lines.add(of(current, List.of()));
        }
        return lines;
    }

    private static Line of(List<Piece> pieces, List<Piece> end) {
        boolean commented = pieces.size() > 1 && pieces.getLast().isLineComment();
        List<Piece> code = commented ? pieces.subList(0, pieces.size() - 1) : pieces;
        List<Piece> comment = commented ? List.of(pieces.getLast()) : List.of();
        int equals = equalsSign(code);
        return equals > 0 && opens(code.subList(equals, code.size())) == 0
                ? new Line(code.subList(0, equals), code.subList(equals, code.size()), comment, end)
                : new Line(code, List.of(), comment, end);
    }

    private static int equalsSign(List<Piece> pieces) {
        for (int i = 1; i < pieces.size(); i++) {
            if (pieces.get(i).kind() == Kind.ASSIGN) {
                return i;
            }
        }
        return -1;
    }

    private static int opens(List<Piece> pieces) {
        return pieces.stream().mapToInt(p -> p.kind().opens()).sum();
    }

    /// How many brackets more are open after the line than before it.
    int opens() {
        return opens(lead) + opens(assign);
    }

    /// Width of some cells in grapheme clusters, with the spaces before each token.
    static int columns(List<Piece> cell) {
        return cell.stream().mapToInt(p -> p.spaces() + clusters(p.text())).sum();
    }

    private static int clusters(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.length();
        }
        BreakIterator iterator = BreakIterator.getCharacterInstance(Locale.ROOT);
        iterator.setText(text);
        int count = 0;
        while (iterator.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }

    void appendTo(StringBuilder text) {
        for (List<Piece> cell : List.of(lead, assign, comment, end)) {
            for (Piece piece : cell) {
                text.repeat(' ', piece.spaces()).append(piece.text());
            }
        }
    }
}
