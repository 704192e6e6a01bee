package dev.skyhedge.specs.specsuite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Position;
import dev.skyhedge.specs.diagnostics.SourceRange;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// Diagnostics and places as the harness of the public suite reads them.
final class DiagnosticsJson {
    private DiagnosticsJson() {}

    static String write(List<Diagnostic> diagnostics) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("diagnostics");
            for (Diagnostic diagnostic : diagnostics) {
                json.writeStartObject();
                json.writeStringField("severity", diagnostic.severity().label());
                json.writeStringField("summary", diagnostic.summary());
                json.writeStringField("detail", diagnostic.detail());
                if (diagnostic.subject().isPresent()) {
                    range(json, "subject", diagnostic.subject().get());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static void range(JsonGenerator json, String name, SourceRange range) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("filename", range.source().name());
        position(json, "start", range.start());
        position(json, "end", range.end());
        json.writeEndObject();
    }

    private static void position(JsonGenerator json, String name, Position position) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("line", position.line());
        json.writeNumberField("column", position.column());
        json.writeNumberField("byte", position.byteOffset());
        json.writeEndObject();
    }
}
