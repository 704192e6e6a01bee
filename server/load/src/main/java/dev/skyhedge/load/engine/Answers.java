package dev.skyhedge.load.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answers of one request in vLLM's shape, whole or in parts. Pure.
///
/// @param id of the answer
/// @param created seconds since 1970
record Answers(EngineRequest request, String model, String id, long created) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CONTENT = "content";

    /// The first event of a chat: who speaks.
    ObjectNode role() {
        ObjectNode event = head("chat.completion.chunk");
        ObjectNode choice = choice(event);
        choice.putObject("delta").put("role", "assistant").put(CONTENT, "");
        choice.putNull("logprobs").putNull("finish_reason");
        if (request.tokenIds()) {
            ids(event, "prompt_token_ids", request.prompt());
        }
        return event;
    }

    /// @param first of the stream
    ObjectNode part(Generation.Step step, boolean first) {
        ObjectNode event = head(request.chat() ? "chat.completion.chunk" : "text_completion");
        ObjectNode choice = choice(event);
        if (request.chat()) {
            choice.putObject("delta").put(CONTENT, step.text());
        } else {
            choice.put("text", step.text());
        }
        finish(choice, step.finish().orElse(null));
        if (request.tokenIds()) {
            ids(choice, "token_ids", step.tokens());
            if (first && !request.chat()) {
                ids(choice, "prompt_token_ids", request.prompt());
            }
        }
        return event;
    }

    /// The last event of a stream that was asked for the usage.
    ObjectNode usage(int generated) {
        ObjectNode event = head(request.chat() ? "chat.completion.chunk" : "text_completion");
        event.putArray("choices");
        event.set("usage", usageOf(generated));
        return event;
    }

    /// The answer as a whole.
    ObjectNode whole(Generation.Step step, int generated) {
        ObjectNode answer = head(request.chat() ? "chat.completion" : "text_completion");
        ObjectNode choice = choice(answer);
        if (request.chat()) {
            choice.putObject("message").put("role", "assistant").put(CONTENT, step.text());
        } else {
            choice.put("text", step.text());
        }
        finish(choice, step.finish().orElse(null));
        if (request.tokenIds()) {
            ids(choice, "token_ids", step.tokens());
            ids(request.chat() ? answer : choice, "prompt_token_ids", request.prompt());
        }
        answer.set("usage", usageOf(generated));
        return answer;
    }

    private ObjectNode head(String object) {
        ObjectNode event = JSON.objectNode();
        return event.put("id", id).put("object", object).put("created", created).put("model", model);
    }

    private static ObjectNode choice(ObjectNode event) {
        return event.putArray("choices").addObject().put("index", 0);
    }

    private static void finish(ObjectNode choice, Generation.@Nullable Finish finish) {
        choice.putNull("logprobs");
        if (finish == null) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", finish.reason());
            finish.stop().ifPresentOrElse(stop -> choice.put("stop_reason", stop), () -> choice.putNull("stop_reason"));
        }
    }

    private static void ids(ObjectNode to, String name, List<Integer> ids) {
        var array = to.putArray(name);
        ids.forEach(array::add);
    }

    private ObjectNode usageOf(int generated) {
        int prompt = request.prompt().size();
        return JSON.objectNode()
                .put("prompt_tokens", prompt)
                .put("total_tokens", prompt + generated)
                .put("completion_tokens", generated);
    }
}
