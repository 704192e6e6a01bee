package dev.skyhedge.specs.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON to values.
final class JsonText {
    private final JsonParser json;
    private final Arguments arguments;

    private JsonText(JsonParser json, Arguments arguments) {
        this.json = json;
        this.arguments = arguments;
    }

    static Value decode(Arguments arguments) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(arguments.limits().valueDepth())
                        .maxNumberLength(arguments.limits().numberDigits())
                        .maxStringLength(arguments.limits().stringLength())
                        .maxNameLength(arguments.limits().stringLength())
                        .build())
                .build();
        try (JsonParser json = factory.createParser(arguments.text(0))) {
            Value value = new JsonText(json, arguments).value(json.nextToken());
            if (json.nextToken() != null) {
                throw new FunctionException(0, "there is more text behind the JSON value");
            }
            return value;
        } catch (IOException e) {
            throw new FunctionException(0, "the text is not JSON: " + firstLine(e));
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private Value value(@org.jspecify.annotations.Nullable JsonToken token) throws IOException {
        return switch (token) {
            case START_ARRAY -> array();
            case START_OBJECT -> object();
            case VALUE_STRING -> Value.of(Surrogates.replaced(json.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getText());
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case VALUE_NULL -> Value.nothing();
            case null, default -> throw new FunctionException(0, "the text is not JSON: it ends too early");
        };
    }

    private static Value number(String text) {
        return Value.of(NumberText.parse(text)
                .orElseThrow(() -> new FunctionException(0, "the number " + text + " is out of range")));
    }

    private Value array() throws IOException {
        List<Value> elements = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            arguments.requireElements(elements.size() + 1L);
            elements.add(value(token));
        }
        return new Value.TupleValue(elements);
    }

    private Value object() throws IOException {
        Map<String, Value> attributes = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            arguments.requireElements(attributes.size() + 1L);
            String name = Surrogates.replaced(json.currentName());
            attributes.put(name, value(json.nextToken()));
        }
        return new Value.ObjectValue(attributes);
    }
}
