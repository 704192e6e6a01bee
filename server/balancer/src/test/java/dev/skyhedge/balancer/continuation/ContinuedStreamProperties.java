package dev.skyhedge.balancer.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skyhedge.load.engine.EngineSettings;
import dev.skyhedge.load.engine.FakeEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ContinuedStreamProperties {
    private static final EngineSettings USUAL = EngineSettings.defaults();

    @Property(tries = 2_500)
    void atLevelExactTheClientGetsTheBytesOfAnUndisturbedStream(@ForAll long seed) {
        var random = new Random(seed);
        var theatre = new Theatre(USUAL, random);
        Asked asked = Asked.of(random, theatre, 0);
        String undisturbed = theatre.direct(asked.path(), asked.body());

        Theatre.Played played = theatre.play(asked.path(), asked.body(), Continuation.EXACT, kills(random, 2, asked));

        assertThat(played.client()).isEqualTo(undisturbed);
        assertThat(played.broken()).isFalse();
        assertThat(played.level()).isEqualTo(Level.EXACT);
        assertPromptsAreTrue(played, theatre, asked);
    }

    @Property(tries = 1_000)
    void enginesThatTellSeveralTokensAtOnceGiveTheSameText(@ForAll long seed) {
        var random = new Random(seed);
        var theatre = new Theatre(new EngineSettings("fake", 4_096, 2 + random.nextInt(5), 0, true, 0), random);
        Asked asked = Asked.of(random, theatre, 0);
        String undisturbed = theatre.direct(asked.path(), asked.body());

        Theatre.Played played = theatre.play(asked.path(), asked.body(), Continuation.EXACT, kills(random, 2, asked));

        var direct = Theatre.Played.undisturbed(undisturbed);
        assertThat(played.text()).isEqualTo(direct.text());
        assertThat(usage(played)).isEqualTo(usage(direct));
        assertOneOfEach(played, asked);
    }

    @Property(tries = 2_000)
    void aWarmStreamKeepsWhatWasSentAndEndsOnce(@ForAll long seed) {
        var random = new Random(seed);
        var theatre = new Theatre(USUAL, random);
        Asked asked = Asked.of(random, theatre, 0.8);
        List<Theatre.Kill> kills = kills(random, 2, asked);
        String begun = textBefore(theatre, asked, kills.getFirst());

        Theatre.Played played = theatre.play(asked.path(), asked.body(), Continuation.TEXT, kills);

        assertThat(played.broken()).isFalse();
        assertThat(played.text()).startsWith(begun).doesNotContain("\uFFFD");
        assertOneOfEach(played, asked);
        JsonNode usage = usage(played);
        if (asked.usage() && !usage.isMissingNode()) {
            assertThat(usage.path("completion_tokens").asInt()).isBetween(1, asked.maxTokens());
        }
    }

    @Property(tries = 2_000)
    void enginesThatTellNoTokensGoOnFromTheText(@ForAll long seed) {
        var random = new Random(seed);
        var theatre = new Theatre(new EngineSettings("fake", 4_096, 1, 0, false, 0), random);
        Asked asked = Asked.of(random, theatre, 0);
        List<Theatre.Kill> kills = kills(random, 2, asked);
        String begun = textBefore(theatre, asked, kills.getFirst());

        Theatre.Played played = theatre.play(asked.path(), asked.body(), Continuation.TEXT, kills);

        assertThat(played.broken()).isFalse();
        assertThat(played.text()).startsWith(begun).doesNotContain("\uFFFD");
        assertOneOfEach(played, asked);
    }

    /// What the client has got when the first engine is killed.
    private static String textBefore(Theatre theatre, Asked asked, Theatre.Kill kill) {
        String undisturbed = theatre.direct(asked.path(), asked.body());
        String[] events = undisturbed.split("\n\n");
        List<JsonNode> begun = new ArrayList<>();
        for (int i = 0; i < Math.min(kill.event(), events.length); i++) {
            if (!events[i].endsWith("[DONE]")) {
                begun.add(Theatre.json(events[i].substring("data: ".length())));
            }
        }
        return Theatre.text(begun);
    }

    private static List<Theatre.Kill> kills(Random random, int most, Asked asked) {
        List<Theatre.Kill> kills = new ArrayList<>();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            kills.add(new Theatre.Kill(random.nextInt(asked.maxTokens() + 5), random.nextInt(3) * random.nextInt(200)));
        }
        return kills;
    }

    /// Each continuation was asked for with the prompt's tokens and the first of those that were generated.
    private static void assertPromptsAreTrue(Theatre.Played played, Theatre theatre, Asked asked) {
        String all = theatre.direct(asked.path(), asked.body().replaceFirst("\\{", "{\"return_token_ids\":true,"));
        List<Integer> ids = new ArrayList<>();
        List<Integer> prompt = new ArrayList<>();
        for (JsonNode event : Theatre.Played.undisturbed(all).events()) {
            event.path("prompt_token_ids").forEach(id -> prompt.add(id.asInt()));
            event.path("choices").path(0).path("prompt_token_ids").forEach(id -> prompt.add(id.asInt()));
            event.path("choices").path(0).path("token_ids").forEach(id -> ids.add(id.asInt()));
        }
        prompt.addAll(ids);
        for (JsonNode request : played.asked()) {
            if (request.path("prompt").isArray()) {
                List<Integer> sent = new ArrayList<>();
                request.path("prompt").forEach(id -> sent.add(id.asInt()));
                assertThat(sent).isEqualTo(prompt.subList(0, sent.size()));
            }
        }
    }

    private static void assertOneOfEach(Theatre.Played played, Asked asked) {
        assertThat(played.count("data: [DONE]")).isEqualTo(1);
        assertThat(played.client()).endsWith("data: [DONE]\n\n");
        assertThat(played.count("\"role\":")).isEqualTo(asked.path().equals(FakeEngine.CHAT) ? 1 : 0);
        assertThat(played.events().stream()
                        .filter(event -> event.path("choices")
                                .path(0)
                                .path("finish_reason")
                                .isTextual()))
                .hasSize(1);
        assertThat(played.count("\"usage\":{")).isLessThanOrEqualTo(asked.usage() ? 1 : 0);
        assertThat(played.client()).doesNotContain("token_ids");
    }

    private static JsonNode usage(Theatre.Played played) {
        return played.events().getLast().path("usage");
    }

    /// A request as clients make them.
    private record Asked(String path, String body, int maxTokens, boolean usage) {
        static Asked of(Random random, Theatre theatre, double temperature) {
            boolean chat = random.nextBoolean();
            boolean usage = random.nextBoolean();
            int max = 1 + random.nextInt(60);
            String path = chat ? FakeEngine.CHAT : FakeEngine.COMPLETIONS;
            String words = "hello " + random.nextInt(1_000) + " 😀 wor";
            String ends = random.nextBoolean() ? "\"ignore_eos\":true," : "";
            String start = "{\"model\":\"fake\",\"stream\":true,\"temperature\":" + temperature + "," + ends
                    + (usage ? "\"stream_options\":{\"include_usage\":true}," : "") + "\"max_tokens\":" + max;
            String end = chat
                    ? ",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}"
                    : ",\"prompt\":\"" + words + "\"}";
            String stop = random.nextInt(3) == 0 ? stop(random, theatre, path, start + end) : "";
            return new Asked(path, start + stop + end, max, usage);
        }

        /// A stop string that the answer may well contain.
        private static String stop(Random random, Theatre theatre, String path, String body) {
            String answer =
                    Theatre.Played.undisturbed(theatre.direct(path, body)).text();
            int characters = answer.codePointCount(0, answer.length());
            if (characters < 3) {
                return ",\"stop\":\"END\"";
            }
            int from = answer.offsetByCodePoints(0, random.nextInt(characters - 2));
            int to = answer.offsetByCodePoints(
                    from, 1 + random.nextInt(Math.min(8, answer.codePointCount(from, answer.length()))));
            return ",\"stop\":[" + TextNode.valueOf(answer.substring(from, to)) + ",\"STOP\"]";
        }
    }
}
