package dev.skyhedge.specs.format;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Puts the equals signs of neighbouring lines in one column, and then the comments at their ends.
final class Alignment {
    private Alignment() {}

    static void apply(List<Line> lines) {
        align(lines, Line::assign, line -> Line.columns(line.lead()));
        align(lines, Line::comment, line -> Line.columns(line.lead()) + Line.columns(line.assign()));
    }

    /// @param cell what is to be aligned; a line without it ends the group
    /// @param before width of what comes before it
    private static void align(List<Line> lines, Function<Line, List<Piece>> cell, ToIntFunction<Line> before) {
        int start = 0;
        while (start < lines.size()) {
            int end = start;
            int widest = 0;
            while (end < lines.size() && !cell.apply(lines.get(end)).isEmpty()) {
                widest = Math.max(widest, before.applyAsInt(lines.get(end)));
                end++;
            }
            for (Line line : lines.subList(start, end)) {
                cell.apply(line).getFirst().spaces(widest - before.applyAsInt(line) + 1);
            }
            start = end + 1;
        }
    }
}
