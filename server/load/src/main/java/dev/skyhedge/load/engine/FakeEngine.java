package dev.skyhedge.load.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The engine without its socket: a request in, an answer out, the same one each time. Thread-safe.
public final class FakeEngine {
    public static final String CHAT = "/v1/chat/completions";
    public static final String COMPLETIONS = "/v1/completions";
    public static final String MODELS = "/v1/models";
    public static final String HEALTH = "/health";
    public static final String DONE = "[DONE]";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EngineSettings settings;

    public FakeEngine(EngineSettings settings) {
        this.settings = settings;
    }

    public EngineSettings settings() {
        return settings;
    }

    /// What a request gets.
    public sealed interface Reply {
        /// @param body JSON, or empty
        record Whole(int status, String body) implements Reply {}

        /// @param events data of each event in turn, the last one [#DONE]; made as they are asked for
        record Events(Iterator<String> events) implements Reply {}
    }

    /// @param path without a query
    /// @param body empty for a request without one
    /// @param id of the request, which names the answer, too
    /// @param now seconds since 1970, told in the answer
    public Reply answer(String path, byte[] body, String id, long now) {
        return switch (path) {
            case HEALTH -> new Reply.Whole(200, "");
            case MODELS -> new Reply.Whole(200, text(models(now)));
            case CHAT -> generate(true, body, "chatcmpl-" + id, now);
            case COMPLETIONS -> generate(false, body, "cmpl-" + id, now);
            default -> error(404, "NotFoundError", "There is nothing at " + path + ".");
        };
    }

    private ObjectNode models(long now) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        list.putArray("data")
                .addObject()
                .put("id", settings.model())
                .put("object", "model")
                .put("created", now)
                .put("owned_by", "skyhedge")
                .put("max_model_len", settings.contextTokens());
        return list;
    }

    private Reply generate(boolean chat, byte[] body, String id, long now) {
        EngineRequest request;
        try {
            JsonNode json = JSON.readTree(body);
            if (json.hasNonNull("model") && !json.path("model").asText().equals(settings.model())) {
                return error(404, "NotFoundError", "The model " + json.path("model") + " does not exist.");
            }
            request = EngineRequest.read(chat, json, settings);
        } catch (EngineRequest.Invalid invalid) {
            return error(400, "BadRequestError", String.valueOf(invalid.getMessage()));
        } catch (IOException noJson) {
            return error(400, "BadRequestError", "The body is not JSON.");
        }
        var answers = new Answers(request, settings.model(), id, now);
        var generation = new Generation(request.prompt(), request.sampling());
        if (request.streams()) {
            return new Reply.Events(events(answers, generation).iterator());
        }
        Generation.Step all = generation.step(request.sampling().maxTokens());
        return new Reply.Whole(200, text(answers.whole(all, generation.generated())));
    }

    private Stream<String> events(Answers answers, Generation generation) {
        EngineRequest request = answers.request();
        Stream<ObjectNode> head = request.chat() ? Stream.of(answers.role()) : Stream.empty();
        Stream<ObjectNode> parts = IntStream.iterate(0, index -> !generation.isFinished(), index -> index + 1)
                .mapToObj(index -> answers.part(generation.step(settings.tokensPerChunk()), index == 0));
        Stream<ObjectNode> usage =
                Stream.of(request.usage()).filter(asked -> asked).map(asked -> answers.usage(generation.generated()));
        return Stream.concat(
                Stream.of(head, parts, usage).flatMap(events -> events).map(FakeEngine::text), Stream.of(DONE));
    }

    private static Reply error(int status, String type, String message) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", status);
        return new Reply.Whole(status, text(error));
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was built can be written", e);
        }
    }
}
