package dev.skyhedge.providers.simulated.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/// Lines of comma-separated cells without quotes, in UTF-8 with or without a byte order mark, as recorded markets and
/// workloads are. Keeps place, so
/// that a problem can be found. Not thread-safe.
///
/// A line ends with `\n` or `\r\n`; empty ones are lines too. The reader of a library would save the splitting alone:
/// limits and places would still be ours.
public final class TableLines implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 64 << 10;
    private static final long MAX_BYTES = 512L << 20;

    private final Problems problems;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int buffered;
    private int position;
    private long bytes;
    private long line;
    private List<String> cells = List.of();

    /// Makes the exception for a table that goes beyond a limit or is in another encoding.
    @FunctionalInterface
    public interface Problems {
        /// @param line from 1
        /// @param what is wrong there
        /// @param remedy what would be right
        IOException at(long line, String what, String remedy);
    }

    /// @param in closed with this
    public TableLines(InputStream in, Problems problems) {
        this.in = in;
        this.problems = problems;
    }

    /// Moves on to the next line.
    ///
    /// @return false if there is none; [#line()] is then the one after the last
    /// @throws IOException if it cannot be read, or what the problems make of one that is too long
    public boolean next() throws IOException {
        var text = new ByteArrayOutputStream();
        line++;
        while (true) {
            if (position == buffered && !fill()) {
                return text.size() > 0 && take(text);
            }
            int end = position;
            while (end < buffered && buffer[end] != '\n') {
                end++;
            }
            if (text.size() + end - position > MAX_LINE_BYTES) {
                throw problems.at(line, "the line is longer than " + MAX_LINE_BYTES + " bytes", "Is this a CSV file?");
            }
            text.write(buffer, position, end - position);
            boolean whole = end < buffered;
            position = whole ? end + 1 : end;
            if (whole) {
                return take(text);
            }
        }
    }

    private boolean take(ByteArrayOutputStream bytesOfLine) throws IOException {
        String text;
        try {
            text = Utf8Text.of(bytesOfLine.toByteArray(), line == 1);
        } catch (CharacterCodingException e) {
            throw problems.at(line, "the line is not encoded in UTF-8", "Save the file in UTF-8.");
        }
        cells = List.of((text.endsWith("\r") ? text.substring(0, text.length() - 1) : text).split(",", -1));
        return true;
    }

    private boolean fill() throws IOException {
        buffered = in.read(buffer);
        position = 0;
        bytes += Math.max(0, buffered);
        if (bytes > MAX_BYTES) {
            throw problems.at(line, "the file holds more than " + MAX_BYTES + " bytes", "Use a part of the trace.");
        }
        if (buffered < 0) {
            buffered = 0;
            return false;
        }
        return true;
    }

    /// The number of the line, from 1; 0 before the first.
    public long line() {
        return line;
    }

    /// The cells of the line, as they are written there; an empty line has one empty cell.
    public List<String> cells() {
        return cells;
    }

    /// Where a cell of the line begins, in characters from 1.
    ///
    /// @param cell from 0; cells after the last count as the last one's end
    public int column(int cell) {
        int column = 1;
        for (int i = 0; i < cell && i < cells.size(); i++) {
            column += cells.get(i).length() + 1;
        }
        return column;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
