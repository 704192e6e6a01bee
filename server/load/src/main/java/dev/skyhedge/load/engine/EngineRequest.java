package dev.skyhedge.load.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One request as the engine reads it: chat or plain completion.
///
/// @param chat whether the answer is a message
/// @param prompt tokens that it goes on from
/// @param streams whether the answer comes in events
/// @param usage whether a stream ends with the usage
/// @param tokenIds whether the ids of the tokens are told
record EngineRequest(
        boolean chat, List<Integer> prompt, Sampling sampling, boolean streams, boolean usage, boolean tokenIds) {
    private static final int USUAL_COMPLETION_TOKENS = 16;
    private static final int MAX_STOPS = 4;

    /// What the engine does not take; its message is for the client.
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(String message) {
            super(message, null, false, false);
        }
    }

    static EngineRequest read(boolean chat, JsonNode body, EngineSettings settings) throws Invalid {
        if (body.path("n").asInt(1) != 1) {
            throw new Invalid("n must be 1");
        }
        List<Integer> prompt = chat ? chatPrompt(body) : plainPrompt(body.path("prompt"));
        int room = settings.contextTokens() - prompt.size();
        int wanted = maxTokens(chat, body, room);
        if (room < 1 || wanted > room) {
            throw new Invalid("This model's maximum context length is " + settings.contextTokens()
                    + " tokens. However, you requested " + (prompt.size() + wanted) + " tokens.");
        }
        if (wanted < 1) {
            throw new Invalid("max_tokens must be at least 1, got " + wanted + ".");
        }
        var sampling = new Sampling(
                body.path("temperature").asDouble(1),
                body.path("seed").asLong(settings.seed()),
                wanted,
                body.path("min_tokens").asInt(0),
                body.path("ignore_eos").asBoolean(),
                stops(body.path("stop")));
        return new EngineRequest(
                chat,
                prompt,
                sampling,
                body.path("stream").asBoolean(),
                body.path("stream_options").path("include_usage").asBoolean(),
                settings.reportsTokenIds() && body.path("return_token_ids").asBoolean());
    }

    /// A plain completion has 16 unless told otherwise; one of `null` ends with the context, as a chat's does.
    private static int maxTokens(boolean chat, JsonNode body, int room) {
        JsonNode asked =
                body.hasNonNull("max_completion_tokens") ? body.path("max_completion_tokens") : body.path("max_tokens");
        if (asked.isMissingNode() && !chat) {
            return Math.min(USUAL_COMPLETION_TOKENS, room);
        }
        return asked.isNumber() ? asked.asInt() : room;
    }

    private static List<String> stops(JsonNode stop) throws Invalid {
        List<String> stops = new ArrayList<>();
        if (stop.isTextual()) {
            stops.add(stop.asText());
        }
        stop.forEach(one -> stops.add(one.asText()));
        if (stops.size() > MAX_STOPS || stops.contains("")) {
            throw new Invalid("stop takes up to 4 strings that are not empty");
        }
        return stops;
    }

    private static List<Integer> plainPrompt(JsonNode prompt) throws Invalid {
        if (prompt.isTextual() && !prompt.asText().isEmpty()) {
            return Vocabulary.tokens(prompt.asText());
        }
        List<Integer> tokens = new ArrayList<>();
        for (JsonNode token : prompt) {
            if (!token.isInt() || !Vocabulary.knows(token.asInt())) {
                throw new Invalid("prompt must be a text or token ids that the model has, not " + token);
            }
            tokens.add(token.asInt());
        }
        if (tokens.isEmpty()) {
            throw new Invalid("prompt must not be empty");
        }
        return tokens;
    }

    /// The template: a mark and the role before each message, a mark before the answer.
    private static List<Integer> chatPrompt(JsonNode body) throws Invalid {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new Invalid("messages must not be empty");
        }
        boolean goesOn = body.path("continue_final_message").asBoolean();
        if (goesOn && body.path("add_generation_prompt").asBoolean(true)) {
            throw new Invalid("Cannot set both continue_final_message and add_generation_prompt.");
        }
        List<Integer> tokens = new ArrayList<>();
        int last = messages.size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean answer = goesOn && i == last;
            tokens.add(answer ? Vocabulary.ANSWER : Vocabulary.TURN);
            String role = messages.get(i).path("role").asText();
            String content = content(messages.get(i).path("content"));
            tokens.addAll(Vocabulary.tokens(answer ? content : role + "\n" + content));
        }
        if (!goesOn) {
            tokens.add(Vocabulary.ANSWER);
        }
        return tokens;
    }

    private static String content(JsonNode content) throws Invalid {
        if (content.isTextual()) {
            return content.asText();
        }
        var text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("text").isTextual()) {
                throw new Invalid("only text is understood");
            }
            text.append(part.path("text").asText());
        }
        return text.toString();
    }
}
