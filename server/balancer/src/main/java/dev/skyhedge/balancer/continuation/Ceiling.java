package dev.skyhedge.balancer.continuation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The best level that what a request asks for allows. What is not known here is taken for something that only the
/// engine can go on with.
final class Ceiling {
    /// They change which token comes next, or when the answer ends, and mean the same in both kinds of requests.
    static final Set<String> SAMPLING = Set.of(
            "model",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "repetition_penalty",
            "logit_bias",
            "bad_words",
            "allowed_token_ids",
            "stop",
            "stop_token_ids",
            "ignore_eos",
            "skip_special_tokens",
            "spaces_between_special_tokens",
            "user",
            "priority",
            "cache_salt");

    /// They are answered with the prompt, or are rewritten in each request.
    private static final Set<String> OTHER = Set.of(
            "messages",
            "prompt",
            "stream",
            "stream_options",
            "return_token_ids",
            "max_tokens",
            "max_completion_tokens",
            "min_tokens",
            "n",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "add_generation_prompt",
            "continue_final_message",
            "chat_template_kwargs",
            "reasoning_effort",
            "store",
            "metadata",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "best_of",
            "echo",
            "logprobs",
            "top_logprobs");

    /// A grammar would begin at its root again, probabilities and echoes cannot be joined, and a prompt that is no
    /// text has no tokens.
    private static final List<String> UNABLE = List.of(
            "guided_json",
            "guided_regex",
            "guided_choice",
            "guided_grammar",
            "guided_decoding_backend",
            "structured_outputs",
            "structural_tag",
            "prompt_logprobs",
            "top_logprobs",
            "prompt_embeds",
            "audio",
            "modalities",
            "suffix",
            "functions",
            "thinking_token_budget",
            "vllm_xargs",
            "kv_transfer_params",
            "include_stop_str_in_output",
            "use_beam_search");

    private Ceiling() {}

    static Level of(boolean chat, ObjectNode body) {
        if (!isPossible(chat, body)) {
            return Level.NONE;
        }
        boolean textAlone =
                Stream.concat(SAMPLING.stream(), OTHER.stream()).toList().containsAll(names(body))
                        && !hasTools(body)
                        && isText(body.path("messages"));
        Level level = textAlone ? ofSampling(body) : Level.TEXT;
        return level != Level.EXACT && body.path("return_token_ids").asBoolean() ? Level.NONE : level;
    }

    private static Set<String> names(ObjectNode body) {
        return body.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static boolean isPossible(boolean chat, ObjectNode body) {
        boolean one = body.path("n").asInt(1) == 1 && body.path("best_of").asInt(1) == 1;
        boolean plain = UNABLE.stream().noneMatch(name -> isSet(body.path(name)))
                && !isSet(body.path("logprobs"))
                && !body.path("echo").asBoolean()
                && isFreeText(body.path("response_format"));
        JsonNode choice = body.path("tool_choice");
        boolean calls = choice.isObject() || choice.asText().equals("required");
        JsonNode prompt = body.path("prompt");
        boolean prompted = chat ? body.path("messages").isArray() : prompt.isTextual() || isTokens(prompt);
        return one && plain && !calls && prompted;
    }

    private static boolean isSet(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }

    private static boolean isFreeText(JsonNode format) {
        return !isSet(format) || format.path("type").asText().equals("text");
    }

    private static boolean isTokens(JsonNode prompt) {
        boolean tokens = prompt.isArray() && !prompt.isEmpty();
        for (JsonNode token : prompt) {
            tokens &= token.isInt();
        }
        return tokens;
    }

    private static boolean hasTools(ObjectNode body) {
        return !body.path("tools").isEmpty()
                && !body.path("tool_choice").asText().equals("none");
    }

    private static boolean isText(JsonNode messages) {
        for (JsonNode message : messages) {
            for (JsonNode part : message.path("content")) {
                if (!part.path("type").asText().equals("text")) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Penalties count what was answered, which the next replica takes for the prompt. An engine that is told no
    /// temperature samples.
    private static Level ofSampling(ObjectNode body) {
        JsonNode temperature = body.path("temperature");
        boolean likeliest = temperature.isNumber() && temperature.doubleValue() == 0;
        boolean penalized = body.path("presence_penalty").asDouble() != 0
                || body.path("frequency_penalty").asDouble() != 0;
        return likeliest && !penalized ? Level.EXACT : Level.RESAMPLE;
    }
}
