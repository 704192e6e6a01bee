package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "\"model\":\"" + ServerOptions.DEFAULT_MODEL + "\"";
    private static final String LONG =
            "{" + MODEL + ",\"input\":[" + ("\"" + "word ".repeat(500) + "\",").repeat(4) + "\"end\"]}";
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static ModelServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ModelServer.listen(Models.options());
        server.load();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void embedsSeveralTextsInOrderAndCountsTokens() throws Exception {
        JsonNode body = json(200, post(server, "{" + MODEL + ",\"input\":[\"hello world\",\"goodbye\"]}"));

        assertThat(body.path("object").asText()).isEqualTo("list");
        assertThat(body.path("model").asText()).isEqualTo(ServerOptions.DEFAULT_MODEL);
        assertThat(body.path("data")).hasSize(2);
        assertThat(body.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(body.at("/data/1/object").asText()).isEqualTo("embedding");
        assertThat(body.at("/data/0/embedding")).hasSize(384);
        assertThat(body.at("/data/0/embedding/0").floatValue()).isCloseTo(-0.0357f, within(0.01f));
        assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(4 + 3);
        assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(4 + 3);
    }

    @Test
    void base64HoldsTheSameFloats() throws Exception {
        JsonNode floats = json(200, post(server, "{" + MODEL + ",\"input\":\"same\"}"));
        JsonNode packed = json(200, post(server, "{" + MODEL + ",\"input\":\"same\",\"encoding_format\":\"base64\"}"));

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(packed.at("/data/0/embedding").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(384 * Float.BYTES);
        for (JsonNode value : floats.at("/data/0/embedding")) {
            assertThat(bytes.getFloat()).isEqualTo(value.floatValue());
        }
    }

    @Test
    void neighboursInARequestChangeNothing() throws Exception {
        JsonNode alone = json(200, post(server, "{" + MODEL + ",\"input\":\"alone\"}"));
        JsonNode among = json(200, post(server, "{" + MODEL + ",\"input\":[\"a much longer text\",\"alone\"]}"));

        assertThat(among.at("/data/1/embedding")).isEqualTo(alone.at("/data/0/embedding"));
    }

    @Test
    void listsItsModel() throws Exception {
        JsonNode body = json(200, get(server, "/v1/models"));

        assertThat(body.at("/data/0/id").asText()).isEqualTo(ServerOptions.DEFAULT_MODEL);
    }

    @Test
    void errorsHaveTheShapeOfOpenAi() throws Exception {
        JsonNode unknown = json(404, post(server, "{\"model\":\"gpt\",\"input\":\"a\"}"));
        assertThat(unknown.at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(unknown.at("/error/param").asText()).isEqualTo("model");
        assertThat(unknown.at("/error/type").asText()).isEqualTo("invalid_request_error");

        JsonNode tokens = json(400, post(server, "{" + MODEL + ",\"input\":[1,2]}"));
        assertThat(tokens.at("/error/message").asText()).contains("Arrays of tokens");

        assertThat(json(404, get(server, "/v1/chat")).at("/error/code").asText())
                .isEqualTo("unknown_url");
        assertThat(get(server, "/v1/embeddings").statusCode()).isEqualTo(405);
    }

    @Test
    void refusesTextsThatAreTooLongInsteadOfCuttingThem() throws Exception {
        JsonNode body = json(400, post(server, "{" + MODEL + ",\"input\":\"" + "word ".repeat(511) + "\"}"));

        assertThat(body.at("/error/message").asText()).contains("512 tokens").contains("513");
    }

    @Test
    void refusesBodiesThatAreTooLarge() throws Exception {
        byte[] large = new byte[ApiHandler.MAX_BODY + 1];

        assertThat(send(server, HttpRequest.BodyPublishers.ofByteArray(large)).statusCode())
                .isEqualTo(413);
        // Without a declared length the limit is met while reading.
        assertThat(send(server, HttpRequest.BodyPublishers.ofByteArrays(List.of(large)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aClientThatSendsEverythingFirstSeesWhyItIsRefused() throws Exception {
        int length = 4 * ApiHandler.MAX_BODY;
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            String head = "POST /v1/embeddings HTTP/1.1\r\nHost: here\r\nContent-Length: " + length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[length]);

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("request_too_large");
        }
    }

    @Test
    void isNotHealthyUntilTheModelIsLoaded() throws Exception {
        try (ModelServer cold = ModelServer.listen(Models.options())) {
            assertThat(get(cold, "/health").statusCode()).isEqualTo(503);
            assertThat(json(503, post(cold, "{" + MODEL + ",\"input\":\"a\"}"))
                            .at("/error/code")
                            .asText())
                    .isEqualTo("model_loading");

            cold.load();

            assertThat(get(cold, "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void moreRequestsThanMayWaitGet429() throws Exception {
        try (ModelServer small = ModelServer.listen(Models.options(1, 1))) {
            small.load();

            List<CompletableFuture<HttpResponse<String>>> answers =
                    Stream.generate(() -> postAsync(small, LONG)).limit(8).toList();

            assertThat(answers.stream().map(answer -> answer.join().statusCode()))
                    .contains(200, 429)
                    .containsOnly(200, 429);
        }
    }

    @Test
    void drainingAnswersWhatIsInFlightAndTakesNoMore() throws Exception {
        try (ModelServer ending = ModelServer.listen(Models.options())) {
            ending.load();
            URI uri = ending.uri();
            CompletableFuture<HttpResponse<String>> inFlight = postAsync(ending, LONG);
            while (!get(ending, "/metrics").body().contains("model_server_requests_in_flight 2")) {
                Thread.onSpinWait();
            }

            ending.drain();

            assertThat(inFlight.get().statusCode()).isEqualTo(200);
            assertThat(inFlight.get().headers().firstValue("Connection")).hasValue("close");
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void countsWhatItDid() throws Exception {
        post(server, "{" + MODEL + ",\"input\":\"count me\"}");

        assertThat(get(server, "/metrics").body())
                .contains("model_server_requests_total{status=\"200\"}")
                .contains("model_server_ready 1")
                .containsPattern("model_server_tokens_total [1-9]");
    }

    @Test
    void aPortInUseIsAClearError() {
        ServerOptions taken = new ServerOptions(
                "127.0.0.1", server.uri().getPort(), "m", 1, 1, 1, Duration.ZERO, Duration.ZERO, Models.CACHE);

        assertThatThrownBy(() -> ModelServer.listen(taken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.port());
    }

    private static HttpResponse<String> get(ModelServer server, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(server.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(ModelServer server, String body) throws Exception {
        return send(server, HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(ModelServer server, HttpRequest.BodyPublisher body) throws Exception {
        return CLIENT.send(request(server, body), HttpResponse.BodyHandlers.ofString());
    }

    private static CompletableFuture<HttpResponse<String>> postAsync(ModelServer server, String body) {
        return CLIENT.sendAsync(
                request(server, HttpRequest.BodyPublishers.ofString(body)), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(ModelServer server, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(server.uri().resolve("/v1/embeddings"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
    }

    private static JsonNode json(int status, HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }
}
