package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.continuation.Continuation;
import dev.skyhedge.balancer.continuation.Level;
import dev.skyhedge.balancer.keys.ClientKey;
import dev.skyhedge.balancer.keys.Keys;
import dev.skyhedge.load.engine.EngineSettings;
import dev.skyhedge.load.engine.FakeEngine;
import dev.skyhedge.load.engine.FakeEngineServer;
import dev.skyhedge.load.engine.FakeEngineServer.Mishap;
import dev.skyhedge.load.engine.FakeEngineServer.Mishap.Harm;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams of real sockets whose engine is lost in the middle.
class ContinuationIT {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(5));
    private static final String CHAT = "{\"model\":\"fake\",\"stream\":true,\"temperature\":0,\"max_tokens\":60,"
            + "\"ignore_eos\":true,\"stream_options\":{\"include_usage\":true},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hello world\"}]}";
    private static final String PLAIN = "{\"model\":\"fake\",\"stream\":true,\"temperature\":0,\"max_tokens\":60,"
            + "\"ignore_eos\":true,\"prompt\":\"hello 😀\"}";

    private final List<FakeEngineServer> engines = new ArrayList<>();
    private TestBed bed = bed(Continuation.EXACT);

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        assertThat(bed.balancer.keptBytes()).isZero();
        bed.close();
        engines.forEach(FakeEngineServer::close);
    }

    @ParameterizedTest
    @EnumSource(
            value = Harm.class,
            names = {"DIE", "BREAK", "BREAK_INSIDE", "END", "FAIL"})
    void theClientGetsTheBytesOfAnUndisturbedStream(Harm harm) throws Exception {
        for (String body : List.of(CHAT, PLAIN)) {
            bed.route(engine(first(harm, 20)).target("dying"));
            CompletableFuture<HttpResponse<String>> answer = post(path(body), body);
            until("it is lost", () -> engines.getLast().completions() >= 1);
            bed.route(engine(Mishap.NONE).target("living"));

            assertThat(await(answer).body()).isEqualTo(undisturbed(body));
            assertThat(await(answer).headers().firstValue("X-Skyhedge-Continuation"))
                    .contains("exact");
        }
        Statistics now = bed.balancer.statistics();
        assertThat(now.continuations().resumes()).containsEntry(Level.EXACT, 2L);
        assertThat(now.continuations().repeatedTokens()).isPositive();
        assertThat(now.broken()).isZero();
    }

    @Test
    void everyEventOfAStreamMayBeItsLast() throws Exception {
        int events = undisturbed(CHAT).split("\n\n").length;
        Engine living = engine(Mishap.NONE);
        for (int event = 0; event < events; event++) {
            bed.route(engine(first(Harm.BREAK, event)).target("a" + event), living.target("b"));

            for (int i = 0; i < 2; i++) {
                assertThat(await(post(FakeEngine.CHAT, CHAT)).body())
                        .as("event " + event)
                        .isEqualTo(undisturbed(CHAT));
            }
        }
    }

    @Test
    void manyStreamsAtOnceSurviveTheDeathOfTheirEngine() throws Exception {
        var arrived = new AtomicInteger();
        Engine dying =
                engine((request, event) -> event == 30 && arrived.incrementAndGet() == 20 ? Harm.DIE : Harm.NONE);
        bed.route(dying.target("dying"));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(post(FakeEngine.CHAT, CHAT));
        }
        until("it has died", () -> arrived.get() >= 20);
        bed.route(dying.target("dying"), engine(Mishap.NONE).target("living"));

        answers.forEach(answer -> assertThat(await(answer).body()).isEqualTo(undisturbed(CHAT)));
    }

    @Test
    void theThirdLossEndsWithAnEventThatSaysSo() throws Exception {
        bed.route(
                engine(first(Harm.BREAK, 10)).target("a"),
                engine(first(Harm.BREAK, 10)).target("b"),
                engine(first(Harm.BREAK, 10)).target("c"));

        String got = raw(CHAT);

        assertThat(got)
                .contains("\"code\":\"stream_interrupted\",\"partial_tokens\":")
                .doesNotContain("[DONE]");
        assertThat(bed.balancer.statistics().broken()).isEqualTo(1);
    }

    @Test
    void aWarmStreamIsNotContinuedWhereOnlyExactWillDo() throws Exception {
        String warm = CHAT.replace("\"temperature\":0", "\"temperature\":0.7");
        bed.route(engine(first(Harm.BREAK, 10)).target("a"));

        String got = raw(warm);

        assertThat(got).contains("X-Skyhedge-Continuation: none", "\"code\":\"stream_interrupted\"");
    }

    @Test
    void enginesWithoutTokenIdsGoOnFromTheText() throws Exception {
        bed.close();
        bed = bed(Continuation.TEXT);
        var silent = new EngineSettings("fake", 4_096, 1, 0, false, 0);
        bed.route(
                engine(silent, first(Harm.BREAK, 20)).target("a"),
                engine(silent, Mishap.NONE).target("b"));

        for (int i = 0; i < 2; i++) {
            String body = await(post(FakeEngine.CHAT, CHAT)).body();
            assertThat(body).endsWith("data: [DONE]\n\n").doesNotContain("error");
        }
        assertThat(bed.balancer.statistics().continuations().resumes()).containsEntry(Level.TEXT, 1L);
    }

    @Test
    void theReplicaThatBrokeItMayGoOnWithItWhenThereIsNoOther() throws Exception {
        bed.route(engine(first(Harm.BREAK, 10)).target("a"));

        assertThat(await(post(FakeEngine.CHAT, CHAT)).body()).isEqualTo(undisturbed(CHAT));
    }

    /// Whichever of its events was the last: also the one before its usage, which the balancer then tells by itself.
    @Test
    void whatAKeyIsChargedForAStreamThatGoesOnIsTheWholeOfItAndOnce() throws Exception {
        bed.close();
        ClientKey key = ClientKey.of("team-a", "sk-of-team-a", ClientKey.Limits.NONE);
        bed = new TestBed(BalancerSettings.defaults().with(Continuation.EXACT).with(Keys.of(List.of(key))));
        int events = undisturbed(CHAT).split("\n\n").length;
        Engine living = engine(Mishap.NONE);
        for (int event = events - 5; event < events; event++) {
            bed.route(engine(first(Harm.BREAK, event)).target("a" + event));
            CompletableFuture<HttpResponse<String>> answer = post(FakeEngine.CHAT, CHAT, "sk-of-team-a");
            until("it is lost", () -> engines.getLast().completions() >= 1);
            bed.route(living.target("b"));
            assertThat(await(answer).body()).as("event " + event).isEqualTo(undisturbed(CHAT));
        }

        until("all are over", () -> bed.balancer.statistics().keys().getFirst().inFlight() == 0);
        assertThat(bed.balancer.statistics().keys().getFirst().completionTokens())
                .isEqualTo(5 * 60);
    }

    @Test
    void whatIsNoStreamPassesAsItIs() throws Exception {
        String whole = CHAT.replace("\"stream\":true,", "").replace("\"stream_options\":{\"include_usage\":true},", "");
        bed.route(engine(Mishap.NONE).target("a"));

        HttpResponse<String> answer = await(post(FakeEngine.CHAT, whole));

        var direct = (FakeEngine.Reply.Whole) new FakeEngine(EngineSettings.defaults())
                .answer(FakeEngine.CHAT, whole.getBytes(StandardCharsets.UTF_8), "abc", 5);
        assertThat(answer.body()).isEqualTo(direct.body());
        assertThat(answer.headers().firstValue("X-Skyhedge-Continuation")).isEmpty();
    }

    @Test
    void nothingIsReadOrWrittenAnewWhereItIsOff() throws Exception {
        bed.close();
        bed = bed(Continuation.OFF);
        FakeReplica replica = bed.replica(call -> call.reply(200, "ok"));
        bed.route(replica.target("a"));

        await(post(FakeEngine.CHAT, CHAT));

        assertThat(replica.calls.getFirst().body()).isEqualTo(CHAT.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isTakenUpWhileItServes() throws Exception {
        bed.close();
        bed = bed(Continuation.OFF);
        bed.route(engine(first(Harm.BREAK, 10)).target("a"));
        bed.balancer.update(
                BalancerSettings.defaults().listeningOn("127.0.0.1", 0).with(Continuation.EXACT));

        assertThat(await(post(FakeEngine.CHAT, CHAT)).body()).isEqualTo(undisturbed(CHAT));
    }

    @Test
    void aClientThatGoesEndsTheStreamThatGoesOn() throws Exception {
        var slow = new EngineSettings("fake", 4_096, 1, 50, true, 0);
        bed.route(engine(slow, first(Harm.BREAK, 5)).target("a"));
        try (Socket client = bed.connect()) {
            send(client, CHAT);
            until(
                    "it goes on",
                    () -> bed.balancer.statistics().continuations().resumes().getOrDefault(Level.EXACT, 0L) == 1);
        }

        until("nobody works for it", () -> bed.balancer.statistics().clientAborts() == 1);
    }

    private static TestBed bed(Continuation continuation) {
        return new TestBed(BalancerSettings.defaults().with(continuation));
    }

    private record Engine(FakeEngineServer server) {
        Target target(String name) {
            return Target.ready(name, 1, "127.0.0.1", server.port());
        }
    }

    private Engine engine(Mishap mishap) throws IOException {
        return engine(EngineSettings.defaults(), mishap);
    }

    private Engine engine(EngineSettings settings, Mishap mishap) throws IOException {
        engines.add(FakeEngineServer.start("127.0.0.1", 0, settings, CLOCK, mishap));
        return new Engine(engines.getLast());
    }

    /// What goes wrong with the first stream of an engine, and with no other one.
    private static Mishap first(Harm harm, int at) {
        return (request, event) -> request == 1 && event == at ? harm : Harm.NONE;
    }

    private static String path(String body) {
        return body.equals(PLAIN) ? FakeEngine.COMPLETIONS : FakeEngine.CHAT;
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return post(path, body, "nobody asks for one");
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body, String key) {
        return bed.client.sendAsync(
                HttpRequest.newBuilder(bed.uri(path))
                        .header("X-Request-Id", "abc")
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// All that comes until the connection breaks.
    private String raw(String body) throws IOException {
        try (Socket client = bed.connect()) {
            send(client, body);
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(Socket client, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        TestBed.send(
                client,
                "POST " + FakeEngine.CHAT + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + bytes.length + "\r\n\r\n");
        client.getOutputStream().write(bytes);
    }

    private static String undisturbed(String body) {
        var events = (FakeEngine.Reply.Events) new FakeEngine(EngineSettings.defaults())
                .answer(path(body), body.getBytes(StandardCharsets.UTF_8), "abc", 5);
        var text = new StringBuilder();
        events.events()
                .forEachRemaining(event -> text.append("data: ").append(event).append("\n\n"));
        return text.toString();
    }
}
