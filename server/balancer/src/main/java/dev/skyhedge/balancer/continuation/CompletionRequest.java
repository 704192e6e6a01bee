package dev.skyhedge.balancer.continuation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;

/// A client's request for a streamed completion, and the requests that are made of it. Immutable: each of them is
/// a copy.
final class CompletionRequest {
    static final String CHAT = "/chat/completions";
    static final String COMPLETIONS = "/completions";

    private static final String STREAM_OPTIONS = "stream_options";
    private static final String INCLUDE_USAGE = "include_usage";
    private static final String RETURN_TOKEN_IDS = "return_token_ids";
    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String MIN_TOKENS = "min_tokens";
    /// What OpenAI's API says for a plain completion that names none.
    private static final int USUAL_MAX_TOKENS = 16;

    private final String path;
    private final boolean chat;
    private final ObjectNode body;
    private final Level ceiling;

    private CompletionRequest(String path, boolean chat, ObjectNode body) {
        this.path = path;
        this.chat = chat;
        this.body = body;
        this.ceiling = Ceiling.of(chat, body);
    }

    /// Empty for what is no streamed completion.
    ///
    /// @param path and query, as the client wrote them
    static Optional<CompletionRequest> read(String path, byte[] bytes) {
        boolean chat = withoutQuery(path).endsWith(CHAT);
        return Json.object(bytes)
                .filter(body -> isAt(path))
                .filter(body -> body.path("stream").asBoolean())
                .map(body -> new CompletionRequest(path, chat, body));
    }

    /// Whether a request at this path may be one.
    static boolean isAt(String path) {
        return withoutQuery(path).endsWith(COMPLETIONS); // chats, too
    }

    private static String withoutQuery(String path) {
        return path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
    }

    /// The best level that what it asks for allows.
    Level ceiling() {
        return ceiling;
    }

    boolean asksForUsage() {
        return body.path(STREAM_OPTIONS).path(INCLUDE_USAGE).asBoolean();
    }

    boolean asksForTokenIds() {
        return body.path(RETURN_TOKEN_IDS).asBoolean();
    }

    /// Whether the engine holds text back that may begin a stop string, so that what it has told lags behind the
    /// tokens that it has told.
    boolean hasStops() {
        return !body.path("stop").isEmpty() || Json.hasText(body.path("stop"));
    }

    /// Empty if only the context limits it.
    OptionalInt maxTokens() {
        JsonNode asked =
                body.hasNonNull(MAX_COMPLETION_TOKENS) ? body.path(MAX_COMPLETION_TOKENS) : body.path(MAX_TOKENS);
        if (asked.isNumber()) {
            return OptionalInt.of(asked.intValue());
        }
        return chat || asked.isNull() ? OptionalInt.empty() : OptionalInt.of(USUAL_MAX_TOKENS);
    }

    /// Whether it can go on from text alone.
    boolean continuesFromText() {
        if (!chat) {
            return body.path("prompt").isTextual();
        }
        JsonNode messages = body.path("messages");
        return !body.path("continue_final_message").asBoolean()
                || messages.path(messages.size() - 1).path("content").isTextual();
    }

    /// @param path of the replica
    record Outgoing(String path, byte[] body) {}

    /// The request itself, told to say what is needed to go on with it.
    Outgoing original() {
        return new Outgoing(path, Json.bytes(tellingMore(body.deepCopy())));
    }

    private static ObjectNode tellingMore(ObjectNode request) {
        request.put(RETURN_TOKEN_IDS, true);
        ObjectNode options =
                request.get(STREAM_OPTIONS) instanceof ObjectNode given ? given : request.putObject(STREAM_OPTIONS);
        options.put(INCLUDE_USAGE, true);
        return request;
    }

    /// Goes on after the first of the tokens that were generated.
    Outgoing fromTokens(TokenIds prompt, TokenIds generated, int count) {
        ObjectNode next = chat ? samplingAlone() : body.deepCopy();
        ArrayNode tokens = next.putArray("prompt");
        prompt.copyTo(tokens, prompt.size());
        generated.copyTo(tokens, count);
        next.put("stream", true);
        limit(next, count, true);
        return new Outgoing(chat ? path.replace(CHAT, COMPLETIONS) : path, Json.bytes(tellingMore(next)));
    }

    private ObjectNode samplingAlone() {
        ObjectNode next = body.objectNode();
        body.propertyStream()
                .filter(property -> Ceiling.SAMPLING.contains(property.getKey()))
                .forEach(property -> next.set(property.getKey(), property.getValue()));
        if (body.get(STREAM_OPTIONS) instanceof ObjectNode options) {
            next.set(STREAM_OPTIONS, options.deepCopy());
        }
        return next;
    }

    /// @param plain what is sent is a plain completion, which without a limit would end after a few tokens
    private void limit(ObjectNode next, int generated, boolean plain) {
        next.remove(MAX_COMPLETION_TOKENS);
        OptionalInt max = maxTokens();
        if (max.isPresent()) {
            next.put(MAX_TOKENS, Math.max(1, max.getAsInt() - generated));
        } else if (plain) {
            next.putNull(MAX_TOKENS);
        }
        int min = body.path(MIN_TOKENS).asInt() - generated;
        next.remove(MIN_TOKENS);
        if (min > 0) {
            next.put(MIN_TOKENS, min);
        }
    }

    /// Goes on after the text that the client has.
    ///
    /// @param generated tokens of it
    Outgoing fromText(String text, int generated) {
        ObjectNode next = body.deepCopy();
        if (chat) {
            message(next, text);
            next.put("continue_final_message", true).put("add_generation_prompt", false);
        } else {
            next.put("prompt", body.path("prompt").textValue() + text);
        }
        limit(next, generated, !chat);
        return new Outgoing(path, Json.bytes(tellingMore(next)));
    }

    private void message(ObjectNode next, String text) {
        ArrayNode messages = (ArrayNode) next.get("messages");
        if (body.path("continue_final_message").asBoolean()
                && messages.get(messages.size() - 1) instanceof ObjectNode last) {
            last.put("content", last.path("content").textValue() + text);
        } else {
            messages.addObject().put("role", "assistant").put("content", text);
        }
    }
}
