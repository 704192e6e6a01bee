package dev.skyhedge.balancer.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.skyhedge.balancer.policy.XxHash64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the prompt out of the body of an OpenAI-compatible request: `messages` of a chat, with its `tools` before
/// them as engines put them, or else `prompt` of a completion. What it cannot read has no prompt and is no error: the
/// replica says what is wrong with a body, and who chooses goes by load alone. Thread-safe.
public final class PromptReader {
    /// A body beyond it is not looked at.
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final int MAX_DEPTH = 64;
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // names are the client's: nothing of them is kept
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_BODY_BYTES)
                    .maxDocumentLength(MAX_BODY_BYTES)
                    .build())
            .build();

    private PromptReader() {}

    /// Reads a body.
    ///
    /// @param body the whole of it, in UTF-8
    /// @return empty if it is no JSON object, is too large or too deep, or has no prompt of a block's length
    public static Optional<Prompt> read(byte[] body) {
        if (body.length > MAX_BODY_BYTES) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(body)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? new Fields().read(parser) : Optional.empty();
        } catch (IOException notReadable) {
            return Optional.empty();
        }
    }

    /// Those of the object that matter, in whatever order they come; of a name that comes twice the last one, as most
    /// engines read it.
    private static final class Fields {
        private final CanonicalText tools = new CanonicalText();
        private final CanonicalText messages = new CanonicalText();
        private final CanonicalText prompt = new CanonicalText();
        private String model = "";
        private String salt = "";

        Optional<Prompt> read(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "tools" -> tools.read(parser);
                    case "messages" -> messages.read(parser);
                    case "prompt" -> prompt.read(parser);
                    case "model" -> model = textOf(parser);
                    case "cache_salt" -> salt = textOf(parser);
                    default -> parser.skipChildren();
                }
            }
            return parser.nextToken() == null ? prompt() : Optional.empty();
        }

        private static String textOf(JsonParser parser) throws IOException {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
            parser.skipChildren();
            return text;
        }

        private Optional<Prompt> prompt() {
            CanonicalText text = prompt;
            if (messages.size() > 0) {
                tools.append(messages);
                text = tools;
            }
            byte[] separate = (model + '\0' + salt).getBytes(StandardCharsets.UTF_8);
            return Prompt.of(text.bytes(), text.size(), text.allBytes(), XxHash64.of(separate, 0, separate.length, 0));
        }
    }
}
