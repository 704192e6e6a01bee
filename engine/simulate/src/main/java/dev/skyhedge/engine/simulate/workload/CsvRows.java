package dev.skyhedge.engine.simulate.workload;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Rows of a CSV file without quotes, as the workload files are. Keeps place, so that a problem can be found.
final class CsvRows implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 64 << 10;
    private static final int MAX_ROWS = 5_000_000;
    private static final long MAX_BYTES = 512L << 20;

    private final String file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final List<String> header;
    private int buffered;
    private int position;
    private long bytes;
    private long line;
    private List<String> cells = List.of();

    CsvRows(String file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        this.header = next() ? cells : List.of();
    }

    List<String> header() {
        return header;
    }

    /// Moves on to the next row that is not empty.
    boolean next() throws IOException {
        for (String text = readLine(); text != null; text = readLine()) {
            if (!text.isBlank()) {
                if (line > MAX_ROWS) {
                    throw problem(1, "more than " + MAX_ROWS + " rows", "Use a part of the trace.");
                }
                cells = Arrays.asList(text.strip().split(",", -1));
                return true;
            }
        }
        return false;
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
        int offset = 1;
        for (int i = 0; i < column && i < cells.size(); i++) {
            offset += cells.get(i).length() + 1;
        }
        return new WorkloadFormatException(file, Math.max(1, line), offset, what, remedy);
    }

    private @Nullable String readLine() throws IOException {
        var text = new ByteArrayOutputStream();
        line++;
        while (true) {
            if (position == buffered && !fill()) {
                return text.size() == 0 ? null : text.toString(StandardCharsets.UTF_8);
            }
            byte b = buffer[position++];
            if (b == '\n') {
                return text.toString(StandardCharsets.UTF_8);
            }
            if (text.size() >= MAX_LINE_BYTES) {
                throw problem(0, "the line is longer than " + MAX_LINE_BYTES + " bytes", "Is this a CSV file?");
            }
            text.write(b);
        }
    }

    private boolean fill() throws IOException {
        try {
            buffered = in.read(buffer);
        } catch (EOFException | ZipException e) {
            throw new WorkloadFormatException(file, line, 1, "the compressed file is damaged", "Copy it again.");
        }
        position = 0;
        bytes += Math.max(0, buffered);
        if (bytes > MAX_BYTES) {
            throw problem(0, "the file holds more than " + MAX_BYTES + " bytes", "Use a part of the trace.");
        }
        if (buffered < 0) {
            buffered = 0;
            return false;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
