package dev.skyhedge.engine.simulate.workload;

import dev.skyhedge.providers.simulated.table.TableLines;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipException;

/// Rows of a CSV file without quotes, as the workload files are. Keeps place, so that a problem can be found.
final class CsvRows implements AutoCloseable {
    private static final int MAX_ROWS = 5_000_000;

    private final String file;
    private final TableLines lines;
    private final List<String> header;

    CsvRows(String file, InputStream in) throws IOException {
        this.file = file;
        this.lines =
                new TableLines(in, (line, what, remedy) -> new WorkloadFormatException(file, line, 1, what, remedy));
        this.header = next() ? List.of(String.join(",", lines.cells()).strip().split(",", -1)) : List.of();
    }

    List<String> header() {
        return header;
    }

    /// Moves on to the next row that is not empty.
    boolean next() throws IOException {
        while (nextLine()) {
            boolean empty =
                    lines.cells().size() == 1 && lines.cells().getFirst().isBlank();
            if (!empty) {
                if (lines.line() > MAX_ROWS) {
                    throw problem(1, "more than " + MAX_ROWS + " rows", "Use a part of the trace.");
                }
                return true;
            }
        }
        return false;
    }

    private boolean nextLine() throws IOException {
        try {
            return lines.next();
        } catch (EOFException | ZipException e) {
            throw new WorkloadFormatException(
                    file, lines.line(), 1, "the compressed file is damaged", "Copy it again.");
        }
    }

    /// The number in a column, from `min` to `max`.
    double number(int column, double min, double max) throws IOException {
        String text = cell(column);
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw problem(column, "\"" + text + "\" is not a number", remedy(column, min, max));
        }
        if (!(number >= min && number <= max)) {
            throw problem(column, text + " is out of range", remedy(column, min, max));
        }
        return number;
    }

    private String remedy(int column, double min, double max) {
        return "Column " + header.get(column) + " holds numbers from " + (long) min + " to " + (long) max + ".";
    }

    String oneOf(int column, Set<String> words, String choice) throws IOException {
        String text = cell(column);
        if (!words.contains(text)) {
            throw problem(column, "\"" + text + "\" is not a kind", "Write " + choice + ".");
        }
        return text;
    }

    String text(int column) throws IOException {
        return cell(column);
    }

    void requireSome(int rows) throws IOException {
        if (rows == 0) {
            throw problem(0, "there are no rows below the header", "Give at least one.");
        }
    }

    private String cell(int column) throws IOException {
        List<String> cells = lines.cells();
        if (column >= cells.size()) {
            throw problem(
                    cells.size() - 1,
                    "the row ends after column " + cells.size(),
                    "Give all columns: " + String.join(",", header) + ".");
        }
        return cells.get(column).strip();
    }

    /// @param column from 0
    WorkloadFormatException problem(int column, String what, String remedy) {
        return new WorkloadFormatException(file, Math.max(1, lines.line()), lines.column(column), what, remedy);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
