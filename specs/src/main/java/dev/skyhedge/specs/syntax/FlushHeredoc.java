package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.syntax.TemplatePiece.Text;
import java.util.ArrayList;
import java.util.List;

/// Takes the common indentation off the lines of a `<<-` heredoc. Only literal text at the start of a line
/// counts; a sequence there counts as no indentation; a blank line keeps its text and does not count.
final class FlushHeredoc {
    private FlushHeredoc() {}

    static List<TemplatePiece> flush(List<TemplatePiece> pieces) {
        List<Integer> leading = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        boolean lineStart = true;
        for (int i = 0; i < pieces.size(); i++) {
            TemplatePiece piece = pieces.get(i);
            boolean ends = piece instanceof Text(String text) && text.endsWith("\n");
            if (lineStart) {
                int spaces = 0;
                boolean blank = false;
                if (piece instanceof Text(String text)) {
                    blank = ends && Space.stripLeading(text).isEmpty();
                    spaces = Space.leading(text);
                    if (!blank) {
                        leading.add(i);
                    }
                }
                least = blank ? least : Math.min(least, spaces);
            }
            lineStart = ends;
        }
        List<TemplatePiece> flushed = new ArrayList<>(pieces);
        for (int i : leading) {
            if (pieces.get(i) instanceof Text(String text)) {
                flushed.set(i, new Text(text.substring(text.offsetByCodePoints(0, least))));
            }
        }
        return flushed;
    }
}
