package dev.skyhedge.specs.diagnostics;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The tree that `validate -json` prints; any JSON writer can write it, names in snake case.
///
/// @param formatVersion `1.0`
/// @param valid whether there is no error
/// @param errorCount how many errors
/// @param warningCount how many warnings
/// @param diagnostics each one
public record DiagnosticReport(
        String formatVersion, boolean valid, int errorCount, int warningCount, List<Entry> diagnostics) {

    /// One diagnostic.
    ///
    /// @param range where, if it has a place
    /// @param snippet the source there
    public record Entry(
            String severity, String summary, String detail, Optional<Range> range, Optional<Snippet> snippet) {}

    /// A place.
    public record Range(String filename, Point start, Point end) {}

    /// A position; its last name is `byte` in JSON.
    public record Point(int line, int column, int byteOffset) {}

    /// The lines of the place.
    ///
    /// @param context the block around it
    /// @param code the lines
    /// @param startLine number of the first line
    /// @param highlightStartOffset bytes of `code` before the place
    /// @param highlightEndOffset bytes of `code` to the end of the place
    public record Snippet(
            Optional<String> context,
            String code,
            int startLine,
            int highlightStartOffset,
            int highlightEndOffset,
            List<ValueNote> values) {}

    /// The report of these.
    public static DiagnosticReport of(List<Diagnostic> diagnostics) {
        int errors = (int) diagnostics.stream().filter(Diagnostic::isError).count();
        List<Entry> entries = diagnostics.stream().map(DiagnosticReport::entry).toList();
        return new DiagnosticReport("1.0", errors == 0, errors, diagnostics.size() - errors, entries);
    }

    private static Entry entry(Diagnostic diagnostic) {
        Optional<Range> range =
                diagnostic.subject().map(r -> new Range(r.source().name(), point(r.start()), point(r.end())));
        return new Entry(
                diagnostic.severity().label(),
                diagnostic.summary(),
                diagnostic.detail(),
                range,
                diagnostic.subject().map(r -> snippet(diagnostic, r)));
    }

    private static Point point(Position position) {
        return new Point(position.line(), position.column(), position.byteOffset());
    }

    private static Snippet snippet(Diagnostic diagnostic, SourceRange range) {
        Source source = range.source();
        int first = range.start().line();
        int last = source.position(Math.max(range.from(), range.to() - 1)).line();
        int from = source.lineStart(first);
        int to = source.lineStart(last) + source.line(last).length();
        String code = source.text().substring(from, to);
        return new Snippet(
                diagnostic.context(),
                code,
                first,
                bytes(source.text().substring(from, Math.min(range.from(), to))),
                bytes(source.text().substring(from, Math.min(range.to(), to))),
                diagnostic.values());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
