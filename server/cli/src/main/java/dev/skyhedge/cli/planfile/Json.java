package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads and writes trees. Reading is strict: a field that is missing or of another type is an
/// [IllegalArgumentException] that names it.
final class Json {
    private static final int MAX_DEPTH = 50;
    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return mapper;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is not a text");
        }
        return value.textValue();
    }

    static int integer(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.isInt()) {
            throw new IllegalArgumentException(field + " is not a 32-bit number");
        }
        return value.intValue();
    }

    static long longInteger(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(field + " is not a 64-bit number");
        }
        return value.longValue();
    }

    static boolean bool(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(field + " is neither true nor false");
        }
        return value.booleanValue();
    }

    static Instant time(JsonNode node, String field) {
        try {
            return Instant.parse(text(node, field));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field + " is not a time", e);
        }
    }

    static Optional<Instant> optionalTime(JsonNode node, String field) {
        return node.has(field) ? Optional.of(time(node, field)) : Optional.empty();
    }

    static void putTime(ObjectNode node, String field, Optional<Instant> time) {
        time.ifPresent(value -> node.put(field, value.toString()));
    }

    static <E extends Enum<E>> E constant(JsonNode node, String field, Class<E> type) {
        return Enum.valueOf(type, text(node, field));
    }

    static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> element) {
        JsonNode array = node.required(field);
        if (!array.isArray()) {
            throw new IllegalArgumentException(field + " is not a list");
        }
        List<T> elements = new ArrayList<>(array.size());
        array.forEach(one -> elements.add(element.apply(one)));
        return elements;
    }

    static List<String> texts(JsonNode node, String field) {
        return list(node, field, one -> {
            if (!one.isTextual()) {
                throw new IllegalArgumentException(field + " has an element that is not a text");
            }
            return one.textValue();
        });
    }

    static <T> void putList(ObjectNode node, String field, Iterable<T> elements, Function<T, JsonNode> element) {
        ArrayNode array = node.putArray(field);
        elements.forEach(one -> array.add(element.apply(one)));
    }

    static void putTexts(ObjectNode node, String field, Iterable<String> elements) {
        ArrayNode array = node.putArray(field);
        elements.forEach(array::add);
    }
}
