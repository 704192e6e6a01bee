package dev.skyhedge.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// What `POST /v1/embeddings` asks for. Fields that have no meaning here, such as `user`, are ignored.
///
/// @param model name of the model
/// @param inputs texts, 1 to [#MAX_INPUTS], none empty
/// @param encoding how the values are written
record EmbeddingsRequest(String model, List<String> inputs, Encoding encoding) {
    /// The limit of OpenAI's own API.
    static final int MAX_INPUTS = 2048;

    private static final int MAX_DEPTH = 16;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    EmbeddingsRequest {
        inputs = List.copyOf(inputs);
    }

    /// How the values of an embedding are written.
    enum Encoding {
        /// An array of numbers.
        FLOAT,
        /// Base64 of the 32-bit floats, little-endian.
        BASE64
    }

    /// A request, or why there is none.
    sealed interface Parsed {
        record Valid(EmbeddingsRequest request) implements Parsed {}

        record Invalid(ApiError error) implements Parsed {}
    }

    static Parsed parse(byte[] body) {
        try {
            return parse(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return invalid(ApiError.malformed("The body is not valid JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Parsed parse(JsonNode root) {
        if (!root.isObject()) {
            return invalid(ApiError.malformed("The body must be a JSON object"));
        }
        if (!root.path("model").isTextual()) {
            return invalid(ApiError.invalid("model", "`model` is required and must be a string"));
        }
        JsonNode dimensions = root.path("dimensions");
        if (!dimensions.isMissingNode() && !dimensions.isNull() && dimensions.asInt() != EmbeddingModel.DIMENSIONS) {
            return invalid(ApiError.invalid(
                    "dimensions", "This model has " + EmbeddingModel.DIMENSIONS + " dimensions and no others"));
        }
        JsonNode encoding = root.path("encoding_format");
        return switch (encoding.isMissingNode() || encoding.isNull() ? "float" : encoding.asText()) {
            case "float" -> withInputs(root, Encoding.FLOAT);
            case "base64" -> withInputs(root, Encoding.BASE64);
            default ->
                invalid(ApiError.invalid("encoding_format", "`encoding_format` must be \"float\" or \"base64\""));
        };
    }

    private static Parsed withInputs(JsonNode root, Encoding encoding) {
        JsonNode input = root.path("input");
        if (!input.isTextual() && !input.isArray()) {
            return invalid(ApiError.invalid("input", "`input` is required: a string or an array of strings"));
        }
        List<String> inputs = new ArrayList<>();
        for (JsonNode item : input.isArray() ? input : List.of(input)) {
            if (item.isNumber() || item.isArray()) {
                return invalid(ApiError.invalid("input", "Arrays of tokens are not supported: send text in `input`"));
            }
            if (!item.isTextual() || item.textValue().isEmpty()) {
                return invalid(ApiError.invalid("input", "Every `input` must be a string that is not empty"));
            }
            inputs.add(item.textValue());
        }
        if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
            return invalid(
                    ApiError.invalid("input", "`input` must have 1 to " + MAX_INPUTS + " texts, not " + inputs.size()));
        }
        return new Parsed.Valid(new EmbeddingsRequest(root.path("model").textValue(), inputs, encoding));
    }

    private static Parsed invalid(ApiError error) {
        return new Parsed.Invalid(error);
    }
}
