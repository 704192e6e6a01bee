package dev.skyhedge.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeEngineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT =
            "{\"model\":\"fake\",\"temperature\":0,\"max_tokens\":80,\"ignore_eos\":true,\"stream\":true,"
                    + "\"return_token_ids\":true,\"stream_options\":{\"include_usage\":true},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}";

    private final FakeEngine engine = new FakeEngine(EngineSettings.defaults());

    @Test
    void answersTheSameRequestWithTheSameBytes() {
        assertThat(events(FakeEngine.CHAT, CHAT)).isEqualTo(events(FakeEngine.CHAT, CHAT));
    }

    @Test
    void goesOnFromTokensAsIfItHadNotStopped() {
        List<JsonNode> whole = json(events(FakeEngine.CHAT, CHAT));
        List<Integer> prompt = ints(whole.getFirst().path("prompt_token_ids"));
        List<Integer> ids = tokens(whole);
        int cut = endOfCharacter(whole, 30);
        prompt.addAll(ids.subList(0, cut));

        List<JsonNode> rest = json(events(
                FakeEngine.COMPLETIONS,
                "{\"prompt\":" + prompt + ",\"temperature\":0,\"max_tokens\":" + (80 - cut)
                        + ",\"ignore_eos\":true,\"stream\":true,\"return_token_ids\":true}"));

        assertThat(tokens(rest)).isEqualTo(ids.subList(cut, 80));
        assertThat(text(whole)).endsWith(text(rest));
    }

    @Test
    void swallowsTheCharacterWhoseFirstHalfEndsThePrompt() {
        String half = "{\"prompt\":[256,240,159],\"temperature\":0,\"max_tokens\":2,\"stream\":true,"
                + "\"return_token_ids\":true}";

        List<JsonNode> events = json(events(FakeEngine.COMPLETIONS, half));

        assertThat(tokens(events)).hasSize(2).startsWith(0x98);
        assertThat(text(events)).isEmpty();
    }

    @Test
    void tellsIdsBeforeTextWhenATokenEndsInTheMiddleOfACharacter() {
        List<JsonNode> events = json(events(FakeEngine.CHAT, CHAT));

        assertThat(events)
                .anyMatch(
                        event -> event.path("choices").path(0).path("token_ids").size() == 1
                                && event.path("choices")
                                        .path(0)
                                        .path("delta")
                                        .path("content")
                                        .asText()
                                        .isEmpty());
        assertThat(text(events)).containsPattern("[\\x{1F600}-\\x{1F60F}]").doesNotContain("\uFFFD");
    }

    @Test
    void holdsTextBackThatMayBeginAStopString() {
        String text = text(json(events(FakeEngine.CHAT, CHAT)));
        String stop = text.substring(30, 36);
        String stopped = CHAT.replace("\"stream\":true", "\"stream\":true,\"stop\":[\"" + escaped(stop) + "\"]");

        List<JsonNode> events = json(events(FakeEngine.CHAT, stopped));

        assertThat(text(events)).isEqualTo(text.substring(0, text.indexOf(stop)));
        JsonNode last = events.get(events.size() - 2).path("choices").path(0);
        assertThat(last.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(last.path("stop_reason").asText()).isEqualTo(stop);
    }

    @Test
    void countsWhatItGenerated() {
        JsonNode usage = json(events(FakeEngine.CHAT, CHAT)).getLast().path("usage");

        assertThat(usage.path("completion_tokens").asInt()).isEqualTo(80);
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(80 + usage.path("prompt_tokens").asInt());
    }

    @Test
    void answersAsAWholeWhatItStreams() throws IOException {
        String whole = CHAT.replace("\"stream\":true,", "").replace("\"stream_options\":{\"include_usage\":true},", "");

        var reply =
                (FakeEngine.Reply.Whole) engine.answer(FakeEngine.CHAT, whole.getBytes(StandardCharsets.UTF_8), "1", 5);

        JsonNode choice = JSON.readTree(reply.body()).path("choices").path(0);
        assertThat(choice.path("message").path("content").asText())
                .isEqualTo(text(json(events(FakeEngine.CHAT, CHAT))));
        assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void drawsBySeedWhereItIsWarm() {
        String warm = CHAT.replace("\"temperature\":0", "\"temperature\":1,\"seed\":1");

        assertThat(events(FakeEngine.CHAT, warm))
                .isEqualTo(events(FakeEngine.CHAT, warm))
                .isNotEqualTo(events(FakeEngine.CHAT, warm.replace("\"seed\":1", "\"seed\":2")));
    }

    @Test
    void refusesWhatDoesNotFitItsContext() {
        var reply = (FakeEngine.Reply.Whole) engine.answer(
                FakeEngine.COMPLETIONS,
                "{\"prompt\":\"hello\",\"max_tokens\":5000}".getBytes(StandardCharsets.UTF_8),
                "1",
                5);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("maximum context length is 4096");
    }

    @Test
    void answersNonsenseWithAnError() {
        for (String body : List.of("", "{", "[]", "{\"prompt\":[999999]}", "{\"prompt\":\"a\",\"n\":2}")) {
            var reply = (FakeEngine.Reply.Whole)
                    engine.answer(FakeEngine.COMPLETIONS, body.getBytes(StandardCharsets.UTF_8), "1", 5);
            assertThat(reply.status()).as(body).isEqualTo(400);
        }
    }

    private List<String> events(String path, String body) {
        var reply = (FakeEngine.Reply.Events) engine.answer(path, body.getBytes(StandardCharsets.UTF_8), "1", 5);
        List<String> events = new ArrayList<>();
        reply.events().forEachRemaining(events::add);
        assertThat(events.getLast()).isEqualTo(FakeEngine.DONE);
        return events;
    }

    private static List<JsonNode> json(List<String> events) {
        return events.subList(0, events.size() - 1).stream()
                .map(FakeEngineTest::json)
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(List<JsonNode> events) {
        var text = new StringBuilder();
        for (JsonNode event : events) {
            JsonNode choice = event.path("choices").path(0);
            text.append(choice.path("text").asText(""))
                    .append(choice.path("delta").path("content").asText(""));
        }
        return text.toString();
    }

    private static List<Integer> tokens(List<JsonNode> events) {
        List<Integer> tokens = new ArrayList<>();
        events.forEach(event -> tokens.addAll(ints(event.path("choices").path(0).path("token_ids"))));
        return tokens;
    }

    /// How many tokens, that many or a few more, end with a whole character.
    private static int endOfCharacter(List<JsonNode> events, int from) {
        int at = from; // the first event says who speaks, so this is the event of the last of them
        while (events.get(at)
                .path("choices")
                .path(0)
                .path("delta")
                .path("content")
                .asText()
                .isEmpty()) {
            at++;
        }
        return at;
    }

    private static List<Integer> ints(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
