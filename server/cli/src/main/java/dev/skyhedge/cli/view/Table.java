package dev.skyhedge.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows in aligned columns. The last column is free text: it is wrapped beside the others if there is room, and
/// goes below them if there is not. Other columns go there, too, before a line gets longer than the display.
public final class Table {
    private static final String WIDE_GAP = "  ";
    private static final String NARROW_GAP = " ";
    private static final int NARROWEST_LAST_COLUMN = 24;
    private static final int MOST_LINES_BESIDE = 2;
    private static final String BELOW = "      ";

    private final Display display;
    private final String indent;
    private final boolean[] rightAligned;
    private final List<Row> rows = new ArrayList<>();
    private int[] givingWay = {};

    private record Row(Ink[] ink, List<String> cells, StringBuilder below) {
        String cell(int column) {
            return cells.get(column);
        }
    }

    /// How the rows are laid out.
    ///
    /// @param columns those beside each other
    /// @param below those that gave way
    /// @param widths of all columns
    private record Layout(List<Integer> columns, List<Integer> below, int[] widths, String gap) {
        int width() {
            return columns.stream().mapToInt(column -> widths[column]).sum() + (columns.size() - 1) * gap.length();
        }
    }

    /// @param indent before each line
    /// @param alignment one letter for each column: `l` or `r`
    public Table(Display display, String indent, String alignment) {
        this.display = display;
        this.indent = indent;
        this.rightAligned = new boolean[alignment.length()];
        for (int i = 0; i < alignment.length(); i++) {
            rightAligned[i] = alignment.charAt(i) == 'r';
        }
    }

    /// Columns that go below the others where the display is too narrow for all; the first of them goes first.
    public Table givingWay(int... columns) {
        givingWay = columns.clone();
        return this;
    }

    /// Adds a row whose first cell has that colour.
    public void add(Ink ink, String... cells) {
        rows.add(new Row(new Ink[] {ink}, clean(cells), new StringBuilder()));
    }

    /// Adds a row without colour.
    public void add(String... cells) {
        rows.add(new Row(new Ink[0], clean(cells), new StringBuilder()));
    }

    /// Adds a row that names the columns.
    public void header(String... cells) {
        Ink[] ink = new Ink[cells.length];
        Arrays.fill(ink, Ink.FAINT);
        rows.add(new Row(ink, clean(cells), new StringBuilder()));
    }

    /// Adds whole lines below the last row.
    public void below(String lines) {
        rows.getLast().below().append(lines);
    }

    private List<String> clean(String... cells) {
        if (cells.length != rightAligned.length) {
            throw new IllegalArgumentException("Not " + rightAligned.length + " cells: " + Arrays.toString(cells));
        }
        return Arrays.stream(cells).map(Words::clean).toList();
    }

    /// Writes the rows, with columns as wide as they have to be.
    public void appendTo(StringBuilder text) {
        Layout layout = layout();
        int used = indent.length() + layout.width() + layout.gap().length();
        boolean beside = layout.below().isEmpty() && hasRoomBeside(display.columns() - used);
        for (Row row : rows) {
            appendRow(text, row, layout, used, beside);
            text.append(row.below());
        }
    }

    /// All columns with wide gaps, else with narrow ones, else without those that give way.
    private Layout layout() {
        int[] widths = IntStream.range(0, rightAligned.length - 1)
                .map(column -> rows.stream()
                        .mapToInt(row -> Words.width(row.cell(column)))
                        .max()
                        .orElse(0))
                .toArray();
        @Nullable Layout narrowest = null;
        for (int given = 0; given <= givingWay.length; given++) {
            List<Integer> below =
                    Arrays.stream(givingWay).limit(given).sorted().boxed().toList();
            List<Integer> columns = IntStream.range(0, widths.length)
                    .filter(column -> !below.contains(column))
                    .boxed()
                    .toList();
            for (String gap : List.of(WIDE_GAP, NARROW_GAP)) {
                narrowest = new Layout(columns, below, widths, gap);
                if (indent.length() + narrowest.width() <= display.columns()) {
                    return narrowest;
                }
            }
        }
        return Objects.requireNonNull(narrowest);
    }

    /// In a column that would be a tower of words nobody reads.
    private boolean hasRoomBeside(int room) {
        return room >= NARROWEST_LAST_COLUMN
                && rows.stream()
                        .allMatch(row ->
                                Words.wrap(row.cells().getLast(), room, "").size() <= MOST_LINES_BESIDE);
    }

    private void appendRow(StringBuilder text, Row row, Layout layout, int used, boolean beside) {
        String free = String.join(
                        WIDE_GAP,
                        layout.below().stream()
                                .map(row::cell)
                                .filter(cell -> !cell.isEmpty())
                                .toList())
                + (layout.below().isEmpty() || row.cells().getLast().isEmpty() ? "" : WIDE_GAP)
                + row.cells().getLast();
        if (indent.length() + layout.width() > display.columns()) {
            appendWrapped(text, row, layout, free);
            return;
        }
        String line = line(row, layout);
        int room = display.columns() - used;
        if (free.isEmpty() || Words.width(free) <= room) {
            text.append((line + free).stripTrailing()).append('\n');
            return;
        }
        List<String> lines = Words.wrap(free, display.columns(), beside ? " ".repeat(used) : indent + BELOW);
        text.append((beside ? line + lines.getFirst().substring(used) : line).stripTrailing())
                .append('\n');
        lines.stream().skip(beside ? 1 : 0).forEach(more -> text.append(more).append('\n'));
    }

    private String line(Row row, Layout layout) {
        StringBuilder line = new StringBuilder(indent);
        for (int column : layout.columns()) {
            String cell = row.cell(column);
            int width = layout.widths()[column];
            String padded = rightAligned[column] ? Words.padLeft(cell, width) : Words.pad(cell, width);
            line.append(column < row.ink().length ? display.paint(row.ink()[column], padded) : padded)
                    .append(layout.gap());
        }
        return line.toString();
    }

    /// For names that are longer than any column has room for.
    private void appendWrapped(StringBuilder text, Row row, Layout layout, String free) {
        String cells =
                String.join(NARROW_GAP, layout.columns().stream().map(row::cell).toList());
        Words.wrapHanging((cells + NARROW_GAP + free).strip(), display.columns(), indent, indent + BELOW)
                .forEach(line -> text.append(line).append('\n'));
    }
}
