package dev.skyhedge.state.store.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Rows as canonical JSON and back: keys in the order of their declaration, no blanks, absent values left out.
public final class RowJson {
    private static final int MAX_DEPTH = 100;
    private static final ObjectMapper MAPPER = mapper();

    private RowJson() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return mapper;
    }

    /// A value as the text of a row.
    public static <T> String write(Form<T> form, T value) {
        return form.write(value).toString();
    }

    /// The value of a row.
    ///
    /// @throws IllegalArgumentException if the text is not one of such a value
    public static <T> T read(Form<T> form, String json) {
        return form.read(parse(json));
    }

    /// The JSON of a text.
    ///
    /// @throws IllegalArgumentException if it is not JSON, or nests too deeply
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not the JSON of a row: " + e.getOriginalMessage(), e);
        }
    }

    /// A new object.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// A text that must be there.
    public static String string(JsonNode row, String field) {
        return row.required(field).textValue();
    }
}
