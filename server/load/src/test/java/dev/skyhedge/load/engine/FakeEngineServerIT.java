package dev.skyhedge.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.load.engine.FakeEngineServer.Mishap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FakeEngineServerIT {
    private static final String BODY =
            "{\"prompt\":\"hello\",\"stream\":true,\"temperature\":0,\"max_tokens\":20,\"ignore_eos\":true}";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(5));

    @Test
    void streamsWhatTheEngineSays() throws Exception {
        try (var client = HttpClient.newHttpClient();
                FakeEngineServer server = start(Mishap.NONE)) {
            HttpResponse<String> answer = post(client, server);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
            assertThat(answer.body()).isEqualTo(expected());
        }
    }

    @Test
    void tellsItsModelAndItsHealth() throws Exception {
        try (var client = HttpClient.newHttpClient();
                FakeEngineServer server = start(Mishap.NONE)) {
            assertThat(get(client, server, "/health").statusCode()).isEqualTo(200);
            assertThat(get(client, server, "/v1/models").body()).contains("\"id\":\"fake\"", "\"max_model_len\":4096");
            assertThat(get(client, server, "/nothing").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void breaksTheConnectionInTheMiddleOfAnEvent() throws Exception {
        try (var client = HttpClient.newHttpClient();
                FakeEngineServer server =
                        start((request, event) -> event == 7 ? Mishap.Harm.BREAK_INSIDE : Mishap.Harm.NONE)) {
            assertThatThrownBy(() -> post(client, server)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void nothingListensAfterItsDeath() throws Exception {
        try (var client = HttpClient.newHttpClient();
                FakeEngineServer server = start((request, event) -> event == 7 ? Mishap.Harm.DIE : Mishap.Harm.NONE)) {
            assertThatThrownBy(() -> post(client, server)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(client, server, "/health")).isInstanceOf(IOException.class);
        }
    }

    private static FakeEngineServer start(Mishap mishap) throws IOException {
        return FakeEngineServer.start("127.0.0.1", 0, EngineSettings.defaults(), CLOCK, mishap);
    }

    private static HttpResponse<String> post(HttpClient client, FakeEngineServer server) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(server, FakeEngine.COMPLETIONS))
                        .header("X-Request-Id", "abc")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(HttpClient client, FakeEngineServer server, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(server, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(FakeEngineServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static String expected() {
        var events = (FakeEngine.Reply.Events) new FakeEngine(EngineSettings.defaults())
                .answer(FakeEngine.COMPLETIONS, BODY.getBytes(StandardCharsets.UTF_8), "abc", 5);
        var text = new StringBuilder();
        events.events()
                .forEachRemaining(event -> text.append("data: ").append(event).append("\n\n"));
        return text.toString();
    }
}
