package dev.skyhedge.specs.values;

import java.io.Writer;

/// A text under construction that refuses to pass the limit before it takes the memory.
public final class BoundedText extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final int limit;

    /// @param limit most characters
    public BoundedText(int limit) {
        this.limit = limit;
    }

    /// Adds the part.
    ///
    /// @throws ValueException if the whole would be too long
    public BoundedText add(String part) {
        require(part.length());
        text.append(part);
        return this;
    }

    private void require(int more) {
        if ((long) text.length() + more > limit) {
            throw new ValueException("A string may have at most " + limit + " characters.");
        }
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
        require(length);
        text.append(buffer, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
