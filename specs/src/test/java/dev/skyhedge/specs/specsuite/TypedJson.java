package dev.skyhedge.specs.specsuite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Values and types as the JSON that the harness of the public suite reads: `{"value": …, "type": "string"}`,
/// `["list", "string"]`.
final class TypedJson {
    private final JsonGenerator json;
    private final boolean keepNulls;

    private TypedJson(JsonGenerator json, boolean keepNulls) {
        this.json = json;
        this.keepNulls = keepNulls;
    }

    /// @param withType whether the type stands beside the value
    /// @param keepNulls whether attributes and entries that are null are written
    static String write(Value value, boolean withType, boolean keepNulls) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            TypedJson writer = new TypedJson(json, keepNulls);
            if (withType && value.type() != Type.ANY) {
                json.writeStartObject();
                json.writeFieldName("value");
                writer.value(value);
                json.writeFieldName("type");
                writer.type(value.type());
                json.writeEndObject();
            } else {
                writer.value(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void value(Value value) throws IOException {
        switch (value) {
            case Value.StringValue(String text) -> json.writeString(text);
            case Value.NumberValue(var number) -> json.writeNumber(NumberText.of(number));
            case Value.BoolValue(boolean truth) -> json.writeBoolean(truth);
            case Value.NullValue ignored -> json.writeNull();
            case Value.ListValue list -> values(list.elements());
            case Value.SetValue set -> values(set.elements());
            case Value.TupleValue tuple -> values(tuple.elements());
            case Value.MapValue map -> values(map.entries());
            case Value.ObjectValue object -> values(object.attributes());
            case Value.UnknownValue ignored -> throw new IllegalArgumentException("The value is not known.");
            case Value.SecretValue ignored -> throw new IllegalArgumentException("The value is a secret.");
            case Value.SensitiveValue(Value marked) -> value(marked);
        }
    }

    private void values(List<Value> elements) throws IOException {
        json.writeStartArray();
        for (Value element : elements) {
            value(element);
        }
        json.writeEndArray();
    }

    private void values(Map<String, Value> entries) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            if (keepNulls || !(entry.getValue() instanceof Value.NullValue)) {
                json.writeFieldName(entry.getKey());
                value(entry.getValue());
            }
        }
        json.writeEndObject();
    }

    private void type(Type type) throws IOException {
        switch (type) {
            case Type.Primitive primitive -> json.writeString(primitive == Type.ANY ? "dynamic" : primitive.toString());
            case Type.ListOf(Type element) -> collection("list", element);
            case Type.SetOf(Type element) -> collection("set", element);
            case Type.MapOf(Type element) -> collection("map", element);
            case Type.TupleOf(List<Type> elements) -> {
                json.writeStartArray();
                json.writeString("tuple");
                json.writeStartArray();
                for (Type element : elements) {
                    type(element);
                }
                json.writeEndArray();
                json.writeEndArray();
            }
            case Type.ObjectOf object -> {
                json.writeStartArray();
                json.writeString("object");
                json.writeStartObject();
                for (Map.Entry<String, Type.Attribute> attribute :
                        object.attributes().entrySet()) {
                    json.writeFieldName(attribute.getKey());
                    type(attribute.getValue().type());
                }
                json.writeEndObject();
                json.writeEndArray();
            }
        }
    }

    private void collection(String word, Type element) throws IOException {
        json.writeStartArray();
        json.writeString(word);
        type(element);
        json.writeEndArray();
    }
}
