package dev.skyhedge.specs.diagnostics;

/// The characters `[from, to)` of a source.
///
/// @param source the file
/// @param from index of the first character in the source's text
/// @param to index after the last character
public record SourceRange(Source source, int from, int to) {
    public SourceRange {
        if (from < 0 || to < from || to > source.text().length()) {
            throw new IllegalArgumentException("Invalid range " + from + " to " + to + " of " + source);
        }
    }

    /// Where it starts.
    public Position start() {
        return source.position(from);
    }

    /// Where it ends, exclusive.
    public Position end() {
        return source.position(to);
    }

    /// The text in it.
    public String text() {
        return source.text().substring(from, to);
    }

    /// From the start of this to the end of the other one, which must be of the same source.
    public SourceRange to(SourceRange other) {
        return new SourceRange(source, from, Math.max(to, other.to));
    }

    /// `main.hcl:4,3-13`, or `main.hcl:4,3-6,2` for more than one line.
    @Override
    public String toString() {
        Position start = start();
        Position end = end();
        String last = end.line() == start.line() ? "" + end.column() : end.line() + "," + end.column();
        return source.name() + ":" + start.line() + "," + start.column() + "-" + last;
    }

    /// `main.hcl:4,3`: short, for sentences.
    public String place() {
        Position start = start();
        return source.name() + ":" + start.line() + "," + start.column();
    }
}
