package dev.skyhedge.balancer.prompt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// How long a request of an OpenAI-compatible API is, as far as its body says.
///
/// @param inputTokens of what the model reads, about: its bytes by four, or numbers where it is
///     given tokens
/// @param mostOutput tokens that the answer may have; empty if it says nothing
public record RequestLength(long inputTokens, OptionalLong mostOutput) {
    private static final int BYTES_PER_TOKEN = 4;

    /// Reads a body.
    ///
    /// @param body the whole of it, in UTF-8
    /// @return empty if it is no JSON object, or has nothing for a model to read
    public static Optional<RequestLength> read(byte[] body) {
        if (body.length > PromptReader.MAX_BODY_BYTES) {
            return Optional.empty();
        }
        try (JsonParser parser = PromptReader.JSON.createParser(body)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? fields(parser) : Optional.empty();
        } catch (IOException notReadable) {
            return Optional.empty();
        }
    }

    private static Optional<RequestLength> fields(JsonParser parser) throws IOException {
        long bytes = 0;
        long tokens = 0;
        OptionalLong most = OptionalLong.empty();
        boolean asks = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "tools", "messages", "prompt", "input" -> {
                    asks |= !"tools".equals(name);
                    int depth = 0;
                    do {
                        JsonToken token = parser.currentToken();
                        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                        bytes += token == JsonToken.VALUE_STRING ? utf8Length(parser) : 0;
                        tokens += token == JsonToken.VALUE_NUMBER_INT ? 1 : 0;
                    } while (depth > 0 && parser.nextToken() != null);
                }
                case "max_tokens", "max_completion_tokens", "max_output_tokens" -> {
                    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                        most = OptionalLong.of(Math.max(1, parser.getLongValue()));
                    }
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
        return asks && parser.nextToken() == null
                ? Optional.of(new RequestLength((bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN + tokens, most))
                : Optional.empty();
    }

    private static int utf8Length(JsonParser parser) throws IOException {
        String text = parser.getText();
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            // Each half of a surrogate pair is half of four bytes.
            length += next < 0x80 ? 1 : next < 0x800 || Character.isSurrogate(next) ? 2 : 3;
        }
        return length;
    }
}
