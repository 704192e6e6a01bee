package dev.skyhedge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skyhedge.console.metrics.PrometheusText;
import dev.skyhedge.state.records.Event;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final AtomicReference<Readiness> readiness = new AtomicReference<>(Readiness.READY);
    private final AtomicReference<JsonNode> status =
            new AtomicReference<>(JsonNodeFactory.instance.objectNode().put("lineage", "l"));
    private final AtomicInteger wakes = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Console console = new Console(ConsoleSettings.loopback(0), sources());
    private URI uri = URI.create("http://unset");

    private static MetricSnapshots up(String service) {
        return MetricSnapshots.of(CounterSnapshot.builder()
                .name("up")
                .help("Up.")
                .dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of("service", service))
                        .value(1)
                        .build())
                .build());
    }

    private ConsoleSources sources() {
        return new ConsoleSources(
                readiness::get,
                () -> List.of(up("chat"), up("code")),
                () -> {
                    JsonNode document = status.get();
                    if (document.isNull()) {
                        throw new IllegalStateException("secret detail");
                    }
                    return document;
                },
                limit -> IntStream.range(0, limit)
                        .mapToObj(i -> new Event(Instant.EPOCH.plusSeconds(limit - i), "chat", "chat-1", "k", "m" + i))
                        .toList(),
                wakes::incrementAndGet,
                Optional.empty());
    }

    @BeforeEach
    void start() {
        uri = ((StartResult.Listening) console.start()).uri();
    }

    @AfterEach
    void stop() {
        console.close();
        client.close();
    }

    @Test
    void saysThatTheProcessLives() throws Exception {
        HttpResponse<String> answer = get("/healthz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}\n");
    }

    @Test
    void isReadyWhenNothingIsMissing() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);

        readiness.set(new Readiness(List.of("service.chat: none of 3 wanted replicas serves")));

        HttpResponse<String> answer = get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).at("/status").asText()).isEqualTo("not_ready");
        assertThat(json(answer).at("/missing/0").asText()).startsWith("service.chat");
    }

    @Test
    void mergesAllMetrics() throws Exception {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(PrometheusText.parse(answer.body()).series())
                .containsExactly("up_total{service=\"chat\"}", "up_total{service=\"code\"}");
    }

    @Test
    void showsTheStatus() throws Exception {
        HttpResponse<String> answer = get("/api/status");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer).at("/lineage").asText()).isEqualTo("l");
    }

    @Test
    void showsTheNewestEvents() throws Exception {
        JsonNode events = json(get("/api/events?limit=2")).at("/events");

        assertThat(events).hasSize(2);
        assertThat(events.get(0).toString())
                .isEqualTo("{\"at\":\"1970-01-01T00:00:02Z\",\"service\":\"chat\",\"replica\":\"chat-1\","
                        + "\"kind\":\"k\",\"message\":\"m0\"}");
        assertThat(json(get("/api/events")).at("/events")).hasSize(ConsoleHandler.DEFAULT_EVENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x", "", "99999999999999999999", "1.5"})
    void refusesOtherLimits(String limit) throws Exception {
        assertThat(get("/api/events?limit=" + limit).statusCode()).isEqualTo(400);
    }

    @Test
    void wakesTheReconciler() throws Exception {
        HttpResponse<String> answer = send(request("/api/reconcile").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(wakes).hasValue(1);
    }

    @Test
    void letsNoOtherWebPageWakeTheReconciler() throws Exception {
        HttpResponse<String> foreign = send(request("/api/reconcile")
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.noBody()));
        HttpResponse<String> own =
                send(request("/api/reconcile").header("Origin", uri.toString()).POST(BodyPublishers.noBody()));

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(own.statusCode()).isEqualTo(202);
        assertThat(wakes).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/healthz,'GET, HEAD'",
        "DELETE,/readyz,'GET, HEAD'",
        "PUT,/metrics,'GET, HEAD'",
        "OPTIONS,/api/status,'GET, HEAD'",
        "PATCH,/api/events,'GET, HEAD'",
        "GET,/api/reconcile,POST",
        "OPTIONS,/api/reconcile,POST"
    })
    void refusesOtherMethods(String method, String path, String allowed) throws Exception {
        HttpResponse<String> answer = send(request(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("method_not_allowed");
        assertThat(wakes).hasValue(0);
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpResponse<String> answer = send(request("/healthz").HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("16");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void saysWhatThereIsWhereThereIsNothing() throws Exception {
        HttpResponse<String> answer = get("/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).at("/error/message").asText()).contains("/api/status");
    }

    @Test
    void keepsDetailsOfFailuresToItself() throws Exception {
        status.set(JsonNodeFactory.instance.nullNode());

        HttpResponse<String> answer = get("/api/status");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("internal_error").doesNotContain("secret");
    }

    @Test
    void forbidsBrowsersToKeepOrEmbedAnswers() throws Exception {
        for (String path : List.of("/healthz", "/nothing", "/api/status")) {
            var headers = get(path).headers();
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'");
            assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1"})
    void refusesForeignHosts(String host) throws Exception {
        assertThat(raw("GET /api/status HTTP/1.1", "Host: " + host, "Connection: close", ""))
                .startsWith("HTTP/1.1 421 ")
                .contains("wrong_host")
                .doesNotContain("lineage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9", "127.0.0.1", "[::1]:80"})
    void permitsLoopbackHosts(String host) throws Exception {
        assertThat(raw("GET /api/status HTTP/1.1", "Host: " + host, "Connection: close", ""))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusesRequestsWithoutAHost() throws Exception {
        assertThat(raw("GET /api/status HTTP/1.1", "Connection: close", "")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void permitsOldClientsThatSendNoHost() throws Exception {
        // No browser does that, so no web page can.
        assertThat(raw("GET /healthz HTTP/1.0", "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusesOtherVersionsOfHttp() throws Exception {
        assertThat(raw("GET /healthz HTTP/9.9", "Host: localhost", ""))
                .startsWith("HTTP/1.1 505 ")
                .contains("bad_request");
    }

    @Test
    void refusesAHostThatContradictsTheTarget() throws Exception {
        assertThat(raw("GET http://localhost/api/status HTTP/1.1", "Host: evil.example", "Connection: close", ""))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void refusesLargeHeaders() throws Exception {
        assertThat(raw("GET /healthz HTTP/1.1", "Host: localhost", "X: " + "x".repeat(9_000), ""))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"header_too_large\"", "nosniff");
    }

    @Test
    void refusesLargeBodiesBeforeTheyCome() throws Exception {
        assertThat(raw("POST /api/reconcile HTTP/1.1", "Host: localhost", "Content-Length: 65537", ""))
                .startsWith("HTTP/1.1 413 ");
        assertThat(wakes).hasValue(0);
    }

    @Test
    void doesNotReadBodiesWithoutEnd() throws Exception {
        assertThat(raw(
                        "POST /api/reconcile HTTP/1.1",
                        "Host: localhost",
                        "Transfer-Encoding: chunked",
                        "",
                        "5",
                        "abcde"))
                .startsWith("HTTP/1.1 202 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /%2e%2e/api/status HTTP/1.1", "GET /a/..;/healthz HTTP/1.1", "GARBAGE"})
    void refusesAmbiguousOrInvalidRequests(String line) throws Exception {
        assertThat(raw(line, "Host: localhost", "Connection: close", ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"error\"");
    }

    @Test
    void answersManyAtOnce() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        // Each may get a connection of its own, of which one address may have 64.
        for (int i = 0; i < 60; i++) {
            answers.add(client.sendAsync(
                    request(i % 2 == 0 ? "/metrics" : "/api/events").build(), BodyHandlers.ofString()));
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void saysWhichPortIsInUse() {
        try (var second = new Console(ConsoleSettings.loopback(uri.getPort()), sources())) {
            StartResult result = second.start();

            assertThat(((StartResult.Refused) result).reason())
                    .contains("127.0.0.1:" + uri.getPort(), "in use", "choose another port");
        }
    }

    @Test
    void saysThatAHostIsUnknown() {
        try (var other = new Console(new ConsoleSettings("no-such-host.invalid", 0, new TreeSet<>()), sources())) {
            assertThat(((StartResult.Refused) other.start()).reason()).contains("unknown host");
        }
    }

    @Test
    void freesItsPortWhenClosed() throws IOException {
        console.close();

        try (var socket = new ServerSocket(uri.getPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String raw(String... lines) throws IOException {
        try (var connection = new RawConnection(uri)) {
            return connection.exchange(lines);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return MAPPER.readTree(answer.body());
    }
}
