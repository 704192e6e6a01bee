package dev.skyhedge.specs.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.skyhedge.specs.schema.AttributeDefinition;
import dev.skyhedge.specs.schema.AttributeType.Constraint;
import dev.skyhedge.specs.schema.BlockDefinition;
import dev.skyhedge.specs.schema.Language;
import dev.skyhedge.specs.values.Type;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// A JSON Schema (draft 2020-12) of specs in JSON syntax, for editors. A text may stand for any value, since it
/// may be a template.
public final class SpecJsonSchema {
    private static final String TEMPLATE = "\\$\\{|%\\{";

    private final JsonGenerator json;

    private SpecJsonSchema(JsonGenerator json) {
        this.json = json;
    }

    /// The schema as text.
    public static String text() {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try (JsonGenerator json = new JsonFactory().createGenerator(text).setPrettyPrinter(printer)) {
            new SpecJsonSchema(json).root();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
        return text.append('\n').toString();
    }

    private void root() throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.writeStringField("title", "Skyhedge spec");
        object(Language.STANDARD.file());
        json.writeEndObject();
    }

    private void object(BlockDefinition block) throws IOException {
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        json.writeObjectFieldStart("//");
        json.writeStringField("description", "A comment.");
        json.writeEndObject();
        for (AttributeDefinition attribute : block.attributes()) {
            json.writeObjectFieldStart(attribute.name());
            attribute(attribute);
            json.writeEndObject();
        }
        for (BlockDefinition inner : block.blocks()) {
            json.writeObjectFieldStart(inner.type());
            json.writeStringField("description", inner.documentation());
            labelled(inner, 0);
            json.writeEndObject();
        }
        json.writeEndObject();
        required(block);
        if (!block.open()) {
            json.writeBooleanField("additionalProperties", false);
        }
    }

    private void required(BlockDefinition block) throws IOException {
        json.writeArrayFieldStart("required");
        for (AttributeDefinition attribute : block.attributes()) {
            if (attribute.required()) {
                json.writeString(attribute.name());
            }
        }
        for (BlockDefinition inner : block.blocks()) {
            if (inner.occurrence() == BlockDefinition.Occurrence.ONCE) {
                json.writeString(inner.type());
            }
        }
        json.writeEndArray();
    }

    /// One level of names for each label, then one object or several.
    private void labelled(BlockDefinition block, int level) throws IOException {
        if (level < block.labels().size()) {
            List<String> choices = block.labels().get(level).choices();
            json.writeStringField("type", "object");
            if (!choices.isEmpty()) {
                json.writeObjectFieldStart("propertyNames");
                choices(choices);
                json.writeEndObject();
            }
            json.writeObjectFieldStart("additionalProperties");
            labelled(block, level + 1);
            json.writeEndObject();
            return;
        }
        json.writeArrayFieldStart("oneOf");
        json.writeStartObject();
        object(block);
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("type", "array");
        json.writeObjectFieldStart("items");
        json.writeStringField("type", "object");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void attribute(AttributeDefinition attribute) throws IOException {
        json.writeStringField(
                "description",
                attribute.documentation() + " Type: " + attribute.type().words() + "."
                        + attribute.fallback().map(f -> " Default: " + f + ".").orElse("")
                        + " Example: " + attribute.example());
        Constraint constraint = attribute.type().constraint();
        String type = type(attribute.type().type());
        if (type.isEmpty() || attribute.isSyntax()) {
            return;
        }
        json.writeArrayFieldStart("anyOf");
        json.writeStartObject();
        json.writeStringField("type", type);
        constraint(constraint);
        json.writeEndObject();
        if (constraint instanceof Constraint.WholeOr(var ignored, int least, int most)) {
            json.writeStartObject();
            json.writeStringField("type", "number");
            constraint(new Constraint.Whole(least, most));
            json.writeEndObject();
        }
        json.writeStartObject();
        json.writeStringField("type", "string");
        json.writeStringField("pattern", TEMPLATE);
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("type", "null");
        json.writeEndObject();
        json.writeEndArray();
    }

    private void constraint(Constraint constraint) throws IOException {
        switch (constraint) {
            case Constraint.Whole(int least, int most) -> {
                json.writeNumberField("multipleOf", 1);
                json.writeNumberField("minimum", least);
                json.writeNumberField("maximum", most);
            }
            case Constraint.WholeOr wholeOr -> choices(List.of(wholeOr.word()));
            case Constraint.Positive ignored -> json.writeNumberField("exclusiveMinimum", 0);
            case Constraint.OneOf(List<String> choices) -> choices(choices);
            case Constraint.Headers ignored -> {}
            case Constraint.Path ignored -> json.writeStringField("pattern", "^/");
            case Constraint.NotEmpty ignored -> json.writeNumberField("minLength", 1);
            case Constraint.Accelerators ignored -> json.writeNumberField("minItems", 1);
            case Constraint.Counts ignored -> json.writeNumberField("minProperties", 1);
            case Constraint.Locations ignored -> json.writeNumberField("minItems", 1);
            case Constraint.DurationText ignored -> {}
            case Constraint.None ignored -> {}
            case Constraint.Environment ignored -> {}
            case Constraint.Secret ignored -> {}
            case Constraint.VariableName ignored -> {}
            case Constraint.HeaderName ignored -> {}
            case Constraint.TypeExpression ignored -> {}
            case Constraint.Address ignored -> {}
        }
    }

    private void choices(List<String> choices) throws IOException {
        json.writeArrayFieldStart("enum");
        for (String choice : choices) {
            json.writeString(choice);
        }
        json.writeEndArray();
    }

    /// The JSON type of values of that type; empty for any.
    private static String type(Type type) {
        return switch (type) {
            case Type.Primitive primitive ->
                switch (primitive) {
                    case STRING -> "string";
                    case NUMBER -> "number";
                    case BOOL -> "boolean";
                    case ANY -> "";
                    case SECRET -> "string";
                };
            case Type.ListOf ignored -> "array";
            case Type.SetOf ignored -> "array";
            case Type.TupleOf ignored -> "array";
            case Type.MapOf ignored -> "object";
            case Type.ObjectOf ignored -> "object";
        };
    }
}
