package dev.skyhedge.balancer.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.load.engine.EngineSettings;
import dev.skyhedge.load.engine.FakeEngine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContinuedStreamTest {
    private static final String CHAT = "{\"model\":\"fake\",\"stream\":true,\"temperature\":0,\"max_tokens\":60,"
            + "\"min_tokens\":50,\"ignore_eos\":true,\"stream_options\":{\"include_usage\":true},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}";
    private static final String TOOL_CALL =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0}]},"
                    + "\"finish_reason\":null}]}\n\n";
    private static final String REASONING = "data: {\"prompt_token_ids\":[1],\"choices\":[{\"index\":0,\"delta\":"
            + "{\"reasoning_content\":\"hm\"},\"token_ids\":[2],\"finish_reason\":null}]}\n\n";

    private final Theatre theatre = new Theatre(EngineSettings.defaults(), new Random(1));

    @Test
    void everyKillInsideEveryEventLeavesTheBytesAsTheyWere() {
        String undisturbed = theatre.direct(FakeEngine.CHAT, CHAT);
        int events = undisturbed.split("\n\n").length;
        for (int event = 0; event < events; event++) {
            for (int bytes : new int[] {0, 1, 40, 10_000}) {
                Theatre.Played played =
                        theatre.play(FakeEngine.CHAT, CHAT, Continuation.EXACT, new Theatre.Kill(event, bytes));

                assertThat(played.client()).as("event " + event).isEqualTo(undisturbed);
                assertThat(played.paths().size()).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void aChatGoesOnAsAPlainCompletionOfItsTokens() {
        Theatre.Played played = theatre.play(FakeEngine.CHAT, CHAT, Continuation.EXACT, new Theatre.Kill(31, 0));

        JsonNode next = played.asked().get(1);
        assertThat(played.paths()).containsExactly(FakeEngine.CHAT, FakeEngine.COMPLETIONS);
        assertThat(next.path("messages").isMissingNode()).isTrue();
        int generated = 60 - next.path("max_tokens").asInt();
        assertThat(generated).isBetween(26, 30);
        assertThat(next.path("min_tokens").asInt()).isEqualTo(50 - generated);
        assertThat(next.path("ignore_eos").asBoolean()).isTrue();
    }

    @Test
    void halfACharacterIsNeverTheEndOfAPrompt() {
        for (int event = 2; event < 60; event++) {
            Theatre.Played played = theatre.play(FakeEngine.CHAT, CHAT, Continuation.EXACT, new Theatre.Kill(event, 0));
            JsonNode prompt = played.asked().getLast().path("prompt");
            int last = prompt.path(prompt.size() - 1).asInt();

            int before = prompt.path(prompt.size() - 2).asInt();
            assertThat(last).as("event " + event).isNotIn(0xF0, 0x9F, 0x98, 0xE2, 0xC3);
            assertThat(last == 0x82 && before == 0xE2).as("event " + event).isFalse();
        }
    }

    @Test
    void withStopStringsTheAnswerIsGeneratedOnceMore() {
        String stopping = CHAT.replace("\"stream\":true", "\"stream\":true,\"stop\":\"no such text\"");

        Theatre.Played played = theatre.play(FakeEngine.CHAT, stopping, Continuation.EXACT, new Theatre.Kill(40, 0));

        assertThat(played.client()).isEqualTo(theatre.direct(FakeEngine.CHAT, stopping));
        assertThat(played.asked().get(1)).isEqualTo(played.asked().getFirst());
    }

    @Test
    void theThirdLossBreaksIt() {
        var kill = new Theatre.Kill(10, 0);

        Theatre.Played played = theatre.play(FakeEngine.CHAT, CHAT, Continuation.EXACT, kill, kill, kill);

        assertThat(played.broken()).isTrue();
        assertThat(played.paths()).hasSize(3);
        assertThat(played.client())
                .endsWith("\"code\":\"stream_interrupted\",\"partial_tokens\":"
                        + (played.events().size() - 2) + "}}\n\n")
                .doesNotContain("[DONE]");
    }

    @Test
    void whatWasToldWhyItEndedIsOnlyClosed() {
        int last = theatre.direct(FakeEngine.CHAT, CHAT).split("\n\n").length - 1;
        for (int event : new int[] {last - 1, last}) {
            Theatre.Played played = theatre.play(FakeEngine.CHAT, CHAT, Continuation.EXACT, new Theatre.Kill(event, 0));

            assertThat(played.paths()).hasSize(1);
            assertThat(played.client()).isEqualTo(theatre.direct(FakeEngine.CHAT, CHAT));
        }
    }

    @Test
    void theClientMayHaveTheTokenIdsToo() {
        String asking = CHAT.replace("\"stream\":true", "\"stream\":true,\"return_token_ids\":true");
        for (int event = 2; event < 60; event++) {
            Theatre.Played played =
                    theatre.play(FakeEngine.CHAT, asking, Continuation.EXACT, new Theatre.Kill(event, 0));
            int ids = played.events().stream()
                    .mapToInt(
                            one -> one.path("choices").path(0).path("token_ids").size())
                    .sum();

            assertThat(ids).as("event " + event).isEqualTo(60);
        }
    }

    @Test
    void aToolCallThatHasBegunDoesNotGoOn() {
        ContinuedStream stream = stream(Continuation.TEXT);

        stream.take(bytes(TOOL_CALL));

        assertThat(stream.level()).isEqualTo(Level.NONE);
        assertThat(stream.lost()).isInstanceOf(Next.Break.class);
    }

    @Test
    void aThoughtDoesNotGoOn() {
        ContinuedStream stream = stream(Continuation.TEXT);

        stream.take(bytes(REASONING));

        assertThat(stream.lost()).isInstanceOf(Next.Break.class);
    }

    @Test
    void aReplicaThatSaysSomethingElseIsLost() {
        ContinuedStream stream = ContinuedStream.of(
                        FakeEngine.CHAT,
                        CHAT.replace("\"stream\":true", "\"stream\":true,\"stop\":\"x\"")
                                .getBytes(StandardCharsets.UTF_8),
                        Continuation.EXACT)
                .orElseThrow();
        String event = "data: {\"prompt_token_ids\":[1],\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},"
                + "\"token_ids\":[2],\"finish_reason\":null}]}\n\n";
        stream.take(bytes(event));
        assertThat(stream.lost()).isInstanceOf(Next.Resume.class);

        Taken taken = stream.take(bytes(event.replace("\"a\"", "\"b\"")));

        assertThat(taken.progress()).isEqualTo(Taken.Progress.LOST);
        assertThat(taken.bytes()).isEmpty();
        assertThat(stream.level()).isEqualTo(Level.NONE);
    }

    @Test
    void aReplicaThatTakesNoTokensIsAskedWithTheText() {
        ContinuedStream stream = stream(Continuation.TEXT);
        stream.take(bytes("data: {\"prompt_token_ids\":[1],\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},"
                + "\"token_ids\":[2],\"finish_reason\":null}]}\n\n"));
        stream.lost();
        assertThat(stream.path()).isEqualTo(FakeEngine.COMPLETIONS);

        stream.refused();

        assertThat(stream.path()).isEqualTo(FakeEngine.CHAT);
        JsonNode next = Theatre.json(new String(stream.body(), StandardCharsets.UTF_8));
        assertThat(next.path("messages").path(1).path("content").asText()).isEqualTo("a");
        assertThat(next.path("continue_final_message").asBoolean()).isTrue();
        assertThat(next.path("add_generation_prompt").asBoolean(true)).isFalse();
    }

    private static ContinuedStream stream(Continuation allowed) {
        return ContinuedStream.of(FakeEngine.CHAT, CHAT.getBytes(StandardCharsets.UTF_8), allowed)
                .orElseThrow();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
