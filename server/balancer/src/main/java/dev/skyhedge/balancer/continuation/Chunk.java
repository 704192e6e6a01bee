package dev.skyhedge.balancer.continuation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// One event of a completion as an engine wrote it: of a chat, or of a plain one.
///
/// @param json the event; changed in place
record Chunk(ObjectNode json) {
    private static final String CHOICES = "choices";
    private static final String DELTA = "delta";
    private static final String CONTENT = "content";
    private static final String TEXT = "text";
    private static final String FINISH = "finish_reason";
    private static final String STOP = "stop_reason";
    private static final String TOKEN_IDS = "token_ids";
    private static final String PROMPT_TOKEN_IDS = "prompt_token_ids";
    private static final String USAGE = "usage";
    private static final byte[] PREFIX = {'d', 'a', 't', 'a', ':', ' '};
    private static final byte[] END = {'\n', '\n'};

    boolean isError() {
        return json.path("error").isObject();
    }

    boolean isUsage() {
        return json.path(CHOICES).isEmpty() && json.path(USAGE).isObject();
    }

    /// Whether it belongs to an answer that can be followed: one choice, the first.
    boolean hasOneChoice() {
        return json.path(CHOICES).size() == 1
                && json.path(CHOICES).get(0) instanceof ObjectNode choice
                && choice.path("index").asInt() == 0;
    }

    private JsonNode choice() {
        return json.path(CHOICES).path(0);
    }

    private boolean isChat() {
        return choice().path(DELTA).isObject();
    }

    String text() {
        return isChat()
                ? choice().path(DELTA).path(CONTENT).asText("")
                : choice().path(TEXT).asText("");
    }

    Optional<String> finish() {
        return Optional.ofNullable(choice().path(FINISH).textValue());
    }

    /// Whether it says who speaks, and nothing else.
    boolean isRoleAlone() {
        return choice().path(DELTA).has("role") && text().isEmpty() && finish().isEmpty();
    }

    boolean hasToolCall() {
        JsonNode delta = choice().path(DELTA);
        return !delta.path("tool_calls").isEmpty()
                || delta.path("function_call").isObject();
    }

    boolean hasReasoning() {
        JsonNode delta = choice().path(DELTA);
        return Json.hasText(delta.path("reasoning_content")) || Json.hasText(delta.path("reasoning"));
    }

    /// Empty where the engine does not tell them.
    Optional<JsonNode> tokenIds() {
        return Optional.of(choice().path(TOKEN_IDS)).filter(JsonNode::isArray);
    }

    /// Told once, in the first event.
    Optional<JsonNode> promptTokenIds() {
        return Optional.of(json.path(PROMPT_TOKEN_IDS))
                .filter(JsonNode::isArray)
                .or(() -> Optional.of(choice().path(PROMPT_TOKEN_IDS)).filter(JsonNode::isArray));
    }

    JsonNode usage() {
        return json.path(USAGE);
    }

    /// Takes out what only we have asked for.
    ///
    /// @return whether there was anything
    boolean stripTokenIds() {
        boolean stripped = json.remove(PROMPT_TOKEN_IDS) != null;
        if (choice() instanceof ObjectNode choice) {
            stripped |= choice.remove(PROMPT_TOKEN_IDS) != null;
            stripped |= choice.remove(TOKEN_IDS) != null;
        }
        return stripped;
    }

    /// Speaks as the answer that the client has been getting.
    void speakAs(Chunk first) {
        for (String name : new String[] {"id", "object", "created", "model", "system_fingerprint"}) {
            JsonNode value = first.json.get(name);
            if (value != null && json.has(name)) {
                json.set(name, value);
            }
        }
    }

    /// An event of this shape, with the text and the end of another one.
    Chunk retold(Chunk other, String text) {
        Chunk next = new Chunk(json.deepCopy());
        next.stripTokenIds();
        next.json.remove(USAGE);
        ObjectNode choice = (ObjectNode) next.choice();
        if (next.isChat()) {
            ((ObjectNode) choice.path(DELTA)).put(CONTENT, text);
        } else {
            choice.put(TEXT, text);
        }
        other.finish().ifPresent(reason -> choice.put(FINISH, reason));
        JsonNode stop = other.choice().get(STOP);
        if (stop != null) {
            choice.set(STOP, stop);
        }
        JsonNode usage = other.json.get(USAGE);
        if (usage != null) {
            next.json.set(USAGE, usage);
        }
        return next;
    }

    /// An event of this shape that ends the answer because it is as long as it may be.
    Chunk atLimit() {
        Chunk next = retold(this, "");
        ((ObjectNode) next.choice()).put(FINISH, "length").putNull(STOP);
        return next;
    }

    /// An event of this shape that tells nothing but the usage.
    Chunk withUsageAlone(int prompt, int generated) {
        Chunk next = new Chunk(json.deepCopy());
        next.json.putArray(CHOICES);
        next.json
                .putObject(USAGE)
                .put("prompt_tokens", prompt)
                .put("total_tokens", prompt + generated)
                .put("completion_tokens", generated);
        return next;
    }

    void tokenIds(TokenIds ids, int from) {
        ArrayNode told = ((ObjectNode) choice()).putArray(TOKEN_IDS);
        for (int i = from; i < ids.size(); i++) {
            told.add(ids.get(i));
        }
    }

    /// Counts the whole answer; of the cache nothing is known any more.
    void count(int prompt, int generated) {
        if (usage() instanceof ObjectNode usage) {
            usage.put("prompt_tokens", prompt);
            usage.put("completion_tokens", generated);
            usage.put("total_tokens", prompt + generated);
            if (usage.has("prompt_tokens_details")) {
                usage.putNull("prompt_tokens_details");
            }
        }
    }

    byte[] event() {
        byte[] body = Json.bytes(json);
        byte[] event = new byte[PREFIX.length + body.length + END.length];
        System.arraycopy(PREFIX, 0, event, 0, PREFIX.length);
        System.arraycopy(body, 0, event, PREFIX.length, body.length);
        System.arraycopy(END, 0, event, PREFIX.length + body.length, END.length);
        return event;
    }
}
