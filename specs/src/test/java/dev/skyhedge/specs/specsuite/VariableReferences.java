package dev.skyhedge.specs.specsuite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.evaluation.Reference;
import dev.skyhedge.specs.syntax.Body;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The variables that a body refers to, with their first attribute, as JSON.
final class VariableReferences {
    private VariableReferences() {}

    static String write(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (Reference reference : in(body)) {
                json.writeStartObject();
                json.writeStringField("root_name", reference.root());
                json.writeArrayFieldStart("steps");
                SourceRange whole = reference.range();
                SourceRange root = whole.source()
                        .range(whole.from(), whole.from() + reference.root().length());
                step(json, "root", reference.root(), root);
                if (!reference.name().isEmpty()) {
                    step(json, "attr", reference.name(), whole.source().range(root.to(), whole.to()));
                }
                json.writeEndArray();
                DiagnosticsJson.range(json, "range", whole);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<Reference> in(Body body) {
        List<Reference> references = new ArrayList<>();
        body.attributes().forEach(attribute -> references.addAll(Reference.in(attribute.expression())));
        body.blocks().forEach(block -> references.addAll(in(block.body())));
        return references;
    }

    private static void step(JsonGenerator json, String kind, String name, SourceRange range) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", kind);
        json.writeStringField("name", name);
        DiagnosticsJson.range(json, "range", range);
        json.writeEndObject();
    }
}
