package dev.skyhedge.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticReport;
import java.util.List;

/// Diagnostics as JSON, with Terraform's keys.
public final class DiagnosticTree {
    private DiagnosticTree() {}

    /// What `validate -json` prints; ends with a newline.
    public static String report(List<Diagnostic> diagnostics) {
        DiagnosticReport report = DiagnosticReport.of(diagnostics);
        ObjectNode node = Json.object()
                .put("format_version", report.formatVersion())
                .put("valid", report.valid())
                .put("error_count", report.errorCount())
                .put("warning_count", report.warningCount());
        ArrayNode entries = node.putArray("diagnostics");
        report.diagnostics().forEach(entry -> entries.add(of(entry)));
        return Json.pretty(node);
    }

    /// One diagnostic with its place.
    public static ObjectNode of(DiagnosticReport.Entry entry) {
        ObjectNode node = Json.object()
                .put("severity", entry.severity())
                .put("summary", entry.summary())
                .put("detail", entry.detail());
        entry.range().ifPresent(range -> {
            ObjectNode place = node.putObject("range").put("filename", range.filename());
            place.set("start", point(range.start()));
            place.set("end", point(range.end()));
        });
        entry.snippet().ifPresent(snippet -> node.set("snippet", snippet(snippet)));
        return node;
    }

    private static ObjectNode point(DiagnosticReport.Point point) {
        return Json.object()
                .put("line", point.line())
                .put("column", point.column())
                .put("byte", point.byteOffset());
    }

    private static ObjectNode snippet(DiagnosticReport.Snippet snippet) {
        ObjectNode node = Json.object()
                .put("context", snippet.context().orElse(null))
                .put("code", snippet.code())
                .put("start_line", snippet.startLine())
                .put("highlight_start_offset", snippet.highlightStartOffset())
                .put("highlight_end_offset", snippet.highlightEndOffset());
        ArrayNode values = node.putArray("values");
        snippet.values()
                .forEach(note ->
                        values.addObject().put("traversal", note.traversal()).put("statement", note.statement()));
        return node;
    }
}
