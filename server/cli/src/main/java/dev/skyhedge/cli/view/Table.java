package dev.skyhedge.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows in aligned columns. The last column is free text: it is wrapped beside the others if there is room, and
/// goes below them if there is not.
final class Table {
    private static final String WIDE_GAP = "  ";
    private static final String NARROW_GAP = " ";
    private static final int NARROWEST_LAST_COLUMN = 24;

    private final Display display;
    private final String indent;
    private final boolean[] rightAligned;
    private final List<Row> rows = new ArrayList<>();

    private record Row(Ink[] ink, List<String> cells, StringBuilder below) {}

    /// @param indent before each line
    /// @param alignment one letter for each column: `l` or `r`
    Table(Display display, String indent, String alignment) {
        this.display = display;
        this.indent = indent;
        this.rightAligned = new boolean[alignment.length()];
        for (int i = 0; i < alignment.length(); i++) {
            rightAligned[i] = alignment.charAt(i) == 'r';
        }
    }

    /// Adds a row whose first cell has that colour.
    void add(Ink ink, String... cells) {
        rows.add(new Row(new Ink[] {ink}, clean(cells), new StringBuilder()));
    }

    /// Adds a row without colour.
    void add(String... cells) {
        rows.add(new Row(new Ink[0], clean(cells), new StringBuilder()));
    }

    /// Adds a row that names the columns.
    void header(String... cells) {
        Ink[] ink = new Ink[cells.length];
        Arrays.fill(ink, Ink.FAINT);
        rows.add(new Row(ink, clean(cells), new StringBuilder()));
    }

    /// Adds whole lines below the last row.
    void below(String lines) {
        rows.getLast().below().append(lines);
    }

    private List<String> clean(String... cells) {
        if (cells.length != rightAligned.length) {
            throw new IllegalArgumentException("Not " + rightAligned.length + " cells: " + Arrays.toString(cells));
        }
        return Arrays.stream(cells).map(Words::clean).toList();
    }

    void appendTo(StringBuilder text) {
        int last = rightAligned.length - 1;
        int[] widths = new int[last];
        int content = indent.length();
        for (int i = 0; i < last; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> Words.width(row.cells().get(column)))
                    .max()
                    .orElse(0);
            content += widths[i];
        }
        boolean fits = content + last * WIDE_GAP.length() <= display.columns();
        String gap = fits ? WIDE_GAP : NARROW_GAP;
        int used = content + last * gap.length();
        for (Row row : rows) {
            appendRow(text, row, widths, gap, used);
            text.append(row.below());
        }
    }

    private void appendRow(StringBuilder text, Row row, int[] widths, String gap, int used) {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            String cell = row.cells().get(i);
            String padded = rightAligned[i] ? Words.padLeft(cell, widths[i]) : Words.pad(cell, widths[i]);
            line.append(i < row.ink().length ? display.paint(row.ink()[i], padded) : padded)
                    .append(gap);
        }
        String free = row.cells().getLast();
        int room = display.columns() - used;
        if (free.isEmpty() || Words.width(free) <= room) {
            text.append((line + free).stripTrailing()).append('\n');
            return;
        }
        boolean beside = room >= NARROWEST_LAST_COLUMN;
        String below = beside ? " ".repeat(used) : indent + "      ";
        List<String> lines = Words.wrap(free, display.columns(), below);
        text.append((beside ? line + lines.getFirst().substring(used) : line.toString()).stripTrailing())
                .append('\n');
        lines.stream().skip(beside ? 1 : 0).forEach(more -> text.append(more).append('\n'));
    }
}
