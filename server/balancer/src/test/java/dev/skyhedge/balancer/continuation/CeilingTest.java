package dev.skyhedge.balancer.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeilingTest {
    @Test
    void theLikeliestTokensOfATextAreExact() {
        assertThat(chat("\"temperature\":0,\"max_tokens\":5,\"stop\":[\"a\"]")).isEqualTo(Level.EXACT);
        assertThat(plain("\"temperature\":0.0,\"repetition_penalty\":1.1")).isEqualTo(Level.EXACT);
        assertThat(chat("\"temperature\":0,\"response_format\":{\"type\":\"text\"},\"n\":1"))
                .isEqualTo(Level.EXACT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"top_p\":1",
                "\"temperature\":0.5",
                "\"temperature\":0,\"presence_penalty\":0.5",
                "\"temperature\":0,\"frequency_penalty\":-1"
            })
    void whatIsDrawnIsDrawnAnew(String more) {
        assertThat(chat(more)).isEqualTo(Level.RESAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"temperature\":0,\"tools\":[{\"type\":\"function\"}]",
                "\"temperature\":0,\"a_word_of_tomorrow\":1",
            })
    void whatIsNotKnownGoesOnFromTextAtMost(String more) {
        assertThat(chat(more)).isEqualTo(Level.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\":2",
                "\"best_of\":2",
                "\"logprobs\":true",
                "\"echo\":true",
                "\"tool_choice\":\"required\",\"tools\":[{}]",
                "\"tool_choice\":{\"type\":\"function\"},\"tools\":[{}]",
                "\"response_format\":{\"type\":\"json_schema\"}",
                "\"guided_json\":{}",
                "\"structured_outputs\":{\"regex\":\"a\"}",
                "\"modalities\":[\"audio\"]",
                "\"thinking_token_budget\":5",
                "\"temperature\":1,\"return_token_ids\":true"
            })
    void whatOnlyOneEngineCanFinishDoesNotGoOn(String more) {
        assertThat(chat(more)).isEqualTo(Level.NONE);
    }

    @Test
    void picturesGoOnFromTextAtMost() {
        String messages = "{\"stream\":true,\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"image_url\",\"image_url\":{}}]}]}";

        assertThat(level("/v1/chat/completions", messages)).isEqualTo(Level.TEXT);
    }

    @Test
    void severalPromptsAtOnceDoNotGoOn() {
        assertThat(level("/v1/completions", "{\"stream\":true,\"prompt\":[\"a\",\"b\"]}"))
                .isEqualTo(Level.NONE);
        assertThat(level("/v1/completions", "{\"stream\":true,\"temperature\":0,\"prompt\":[1,2]}"))
                .isEqualTo(Level.EXACT);
    }

    @Test
    void whatIsNoStreamedCompletionIsNotLookedAt() {
        assertThat(CompletionRequest.read("/v1/embeddings", bytes("{\"stream\":true}")))
                .isEmpty();
        assertThat(CompletionRequest.read("/v1/completions", bytes("{\"prompt\":\"a\"}")))
                .isEmpty();
        assertThat(CompletionRequest.read("/v1/completions", bytes("{\"stream\":true,\"stream\":true}")))
                .isEmpty();
        assertThat(CompletionRequest.read("/v1/completions?a=b", bytes("{\"stream\":true}")))
                .isPresent();
    }

    private static Level chat(String more) {
        return level("/v1/chat/completions", "{\"stream\":true,\"model\":\"m\",\"messages\":[]," + more + "}");
    }

    private static Level plain(String more) {
        return level("/v1/completions", "{\"stream\":true,\"prompt\":\"a\"," + more + "}");
    }

    private static Level level(String path, String body) {
        return CompletionRequest.read(path, bytes(body)).orElseThrow().ceiling();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
