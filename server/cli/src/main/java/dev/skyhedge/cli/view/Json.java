package dev.skyhedge.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/// JSON trees and their text.
public final class Json {
    private static final int MAX_DEPTH = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
    }

    private Json() {}

    /// An empty object.
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /// An empty array.
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /// The tree of a text that our own state wrote.
    ///
    /// @throws IllegalArgumentException if it is not JSON
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Recorded text is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// One line, without a line end.
    public static String line(JsonNode node) {
        return node.toString();
    }

    /// Indented, with a line end.
    public static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

    /// Writes a time, or null.
    public static void putTime(ObjectNode node, String field, Optional<Instant> time) {
        time.ifPresentOrElse(value -> node.put(field, value.toString()), () -> node.putNull(field));
    }
}
