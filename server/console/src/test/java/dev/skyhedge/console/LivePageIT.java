package dev.skyhedge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.console.live.EventLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the page reads, over HTTP.
@Timeout(60)
class LivePageIT {
    private static final String TOKEN = "0123456789abcdef-token";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final FedConsole fed = new FedConsole();

    @AfterEach
    void stop() {
        fed.close();
        client.shutdownNow();
    }

    @Test
    void countsReplicasByZoneMarketAndState() throws Exception {
        JsonNode service;
        try (var twelve = new FedConsole(ConsoleSettings.loopback(0), "draining", 12)) {
            twelve.happens();

            service = json(get(twelve, "/v1/overview", Optional.empty())).at("/services/0");
        }

        assertThat(service.at("/name").asText()).isEqualTo("chat");
        assertThat(service.has("replicas")).isFalse();
        int sum = 0;
        for (JsonNode group : service.at("/groups")) {
            sum += group.at("/count").asInt();
        }
        assertThat(sum).isEqualTo(12);
        assertThat(service.at("/groups").toString())
                .contains("{\"location\":\"sim/east/east-b\",\"market\":\"spot\",\"state\":\"draining\",\"count\":1}");
        assertThat(service.at("/plan/wanted_because").asText()).isEqualTo("min_replicas");
        assertThat(service.at("/now/all_on_demand_usd_per_hour").asDouble()).isEqualTo(0.3);
        assertThat(service.at("/now/p99_ms").isNull()).isTrue();
    }

    @Test
    void givesReplicasPageByPageAndThoseInTroubleFirst() throws Exception {
        JsonNode first;
        JsonNode east;
        try (var many = new FedConsole(ConsoleSettings.loopback(0), "failing", 1_000)) {
            String path = "/v1/services/chat/replicas";
            first = json(get(many, path + "?limit=50", Optional.empty()));
            east = json(get(many, path + "?q=EAST-B+on_demand&limit=1", Optional.empty()));
        }

        assertThat(first.at("/total").asInt()).isEqualTo(1_000);
        assertThat(first.at("/replicas")).hasSize(50);
        assertThat(first.at("/replicas/0/state").asText()).isEqualTo("failing");
        assertThat(east.at("/matched").asInt()).isBetween(1, 100);
        assertThat(east.at("/replicas")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"offset=-1", "limit=0", "limit=201", "offset=99999999", "limit=x"})
    void refusesPagesThatThereAreNot(String query) throws Exception {
        assertThat(get("/v1/services/chat/replicas?" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/overview",
                "/v1/services",
                "/v1/services/chat",
                "/v1/services/chat/replicas",
                "/v1/zones",
                "/v1/spend",
                "/v1/events",
                "/v1/plan",
                "/v1/history?service=chat"
            })
    void showsNothingThatAWorkloadWrote(String path) throws Exception {
        fed.happens(FedConsole.event("chat-1", "log_read", FedConsole.CANARY));

        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(FedConsole.CANARY).doesNotContain("log_tail");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void tellsEventsAsTheyComeAndGoesOnAfterTheLastOne() throws Exception {
        fed.happens(
                FedConsole.event("chat-1", "launched", "one"),
                FedConsole.event("chat-1", "log_read", FedConsole.CANARY));
        String id;
        try (var stream = new Stream(fed.uri(), Optional.empty(), Optional.empty())) {
            assertThat(stream.await("hello").data()).contains("\"gap\":false");
            Frame one = stream.await("event");
            assertThat(one.data()).contains("\"message\":\"one\"");
            assertThat(stream.await("event").data()).doesNotContain(FedConsole.CANARY);
            assertThat(stream.await("overview").data()).contains("\"groups\"");
            fed.happens(FedConsole.event("chat-2", "preempted", "two"));
            assertThat(stream.await("event").data()).contains("\"message\":\"two\"");
            id = one.id();
        }
        try (var again = new Stream(fed.uri(), Optional.of(id), Optional.empty())) {
            assertThat(again.await("hello").data()).contains("\"gap\":false");
            assertThat(again.await("event").data()).contains("log_read");
            assertThat(again.await("event").data()).contains("\"message\":\"two\"");
        }
    }

    @Test
    void saysThatSomethingIsMissingToAPageThatWasAwayForTooLong() throws Exception {
        for (int i = 0; i <= EventLog.KEPT + 5; i++) {
            fed.happens(FedConsole.event("chat-1", "probed", "m" + i));
        }
        String run;
        try (var stream = new Stream(fed.uri(), Optional.empty(), Optional.empty())) {
            run = MAPPER.readTree(stream.await("hello").data()).at("/run").asText();
        }
        for (String id : List.of(run + "-2", "another-1000", "x")) {
            try (var stream = new Stream(fed.uri(), Optional.of(id), Optional.empty())) {
                assertThat(stream.await("hello").data()).contains("\"gap\":true");
            }
        }
    }

    @Test
    void aPageThatDoesNotReadIsCutOffAndHoldsNobody() throws Exception {
        try (var deaf = new Stream(fed.uri(), Optional.empty(), Optional.empty())) {
            deaf.await("hello");
            String much = "x".repeat(20_000);
            for (int i = 0; i < 20 * StreamClient.MAX_WAITING && !deaf.isCut(); i++) {
                fed.happens(FedConsole.event("chat-1", "probed", much));
                if (i % 50 == 0) {
                    assertThat(get("/healthz").statusCode()).isEqualTo(200);
                }
            }
            assertThat(deaf.isCut()).isTrue();
        }
        try (var well = new Stream(fed.uri(), Optional.empty(), Optional.empty())) {
            assertThat(well.await("hello").data()).contains("run");
        }
    }

    @Test
    void stepsThatNobodyLooksAtDoNotReadTheState() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (System.nanoTime() < end) {
            fed.happens(FedConsole.event("chat-1", "probed", "m"));
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
        }

        assertThat(fed.reads()).as("once at the start, then every 15 seconds").isLessThanOrEqualTo(1);
    }

    @Test
    void aProcessThatControlsNoMoreHasNoPlanInForce() throws Exception {
        fed.happens();
        assertThat(json(get("/v1/overview")).at("/planned_at").isTextual()).isTrue();

        fed.feed().resign();

        assertThat(json(get("/v1/overview")).at("/planned_at").isNull()).isTrue();
        assertThat(json(get("/v1/overview")).at("/services/0/plan").isNull()).isTrue();
    }

    @Test
    void onlySoManyPagesFollowAtOnce() throws Exception {
        List<Stream> open = new ArrayList<>();
        try {
            for (int i = 0; i < Streams.MAX_STREAMS; i++) {
                open.add(new Stream(fed.uri(), Optional.empty(), Optional.empty()));
                open.getLast().await("hello");
            }
            assertThat(get("/v1/stream").statusCode()).isEqualTo(503);
            assertThat(get("/v1/overview").statusCode()).isEqualTo(200);
        } finally {
            for (Stream stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void whoDoesNotKnowTheTokenReadsNothing() throws Exception {
        var guard = ConsoleSettings.loopback(0).withToken(Optional.of(TOKEN));
        try (var guarded = new FedConsole(guard, "ready", 3)) {
            for (String path : List.of("/v1/overview", "/v1/stream", "/api/status", "/api/events", "/metrics")) {
                assertThat(get(guarded, path, Optional.empty()).statusCode()).isEqualTo(401);
                assertThat(get(guarded, path, Optional.of("wrong-" + TOKEN)).statusCode())
                        .isEqualTo(401);
                assertThat(get(guarded, path + "?token=" + TOKEN, Optional.empty())
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(get(guarded, "/v1/overview", Optional.of(TOKEN)).statusCode())
                    .isEqualTo(200);
            assertThat(get(guarded, "/", Optional.empty()).statusCode()).isEqualTo(200);
            assertThat(get(guarded, "/healthz", Optional.empty()).statusCode()).isEqualTo(200);
            try (var stream = new Stream(guarded.uri(), Optional.empty(), Optional.of(TOKEN))) {
                assertThat(stream.await("hello").data()).contains("run");
            }
        }
    }

    @Test
    void isNotOpenedForOthersWithoutAToken() {
        var settings = new ConsoleSettings("0.0.0.0", 0, new TreeSet<>());
        var sources = new ConsoleSources(
                () -> Readiness.READY,
                List::of,
                () -> MAPPER.createObjectNode(),
                _ -> List.of(),
                () -> {},
                Optional.empty());

        try (var console = new Console(settings, sources)) {
            assertThat(console.start())
                    .isInstanceOfSatisfying(
                            StartResult.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains("without a token")
                                    .contains("$SKYHEDGE_CONSOLE_TOKEN"));
        }
        try (var console = new Console(settings.withToken(Optional.of(TOKEN)), sources)) {
            assertThat(console.start()).isInstanceOf(StartResult.Listening.class);
        }
        assertThat(settings.withToken(Optional.of(TOKEN)).toString()).doesNotContain(TOKEN);
    }

    @Test
    void thePageIsItsOwnAndIsNotReadTwice() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("<style");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        var again = HttpRequest.newBuilder(fed.uri().resolve("/"))
                .header("If-None-Match", tag)
                .build();
        assertThat(client.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/app.js", "/v1/overview"})
    void answersHeadAsGetWithoutABody(String path) throws Exception {
        var head = HttpRequest.newBuilder(fed.uri().resolve(path)).HEAD().build();

        HttpResponse<String> answer = client.send(head, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type"))
                .isEqualTo(get(path).headers().firstValue("Content-Type"));
        assertThat(client.send(head, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void otherSitesReadNothing() throws Exception {
        var foreign = HttpRequest.newBuilder(fed.uri().resolve("/v1/overview"))
                .header("Sec-Fetch-Site", "cross-site")
                .build();

        assertThat(client.send(foreign, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(fed, path, Optional.empty());
    }

    private HttpResponse<String> get(FedConsole console, String path, Optional<String> token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(console.uri().resolve(path)).timeout(Duration.ofSeconds(30));
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private record Frame(String kind, String id, String data) {}

    /// A page that follows, and reads only when it is told to.
    private static final class Stream implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Stream(URI uri, Optional<String> lastEvent, Optional<String> token) throws IOException {
            socket = new Socket(uri.getHost(), uri.getPort());
            socket.setSoTimeout(30_000);
            String request = "GET /v1/stream HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n"
                    + lastEvent.map(id -> "Last-Event-ID: " + id + "\r\n").orElse("")
                    + token.map(known -> "Authorization: Bearer " + known + "\r\n")
                            .orElse("") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        /// The next frame of this kind; chunk sizes lie between lines and say nothing.
        Frame await(String kind) throws IOException {
            String id = "";
            boolean ours = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    ours = line.equals("event: " + kind);
                    id = "";
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (ours && line.startsWith("data: ")) {
                    return new Frame(kind, id, line.substring(6));
                }
            }
            throw new IOException("It ended before " + kind);
        }

        /// Whether the other side has ended it: writing to it fails.
        boolean isCut() {
            try {
                socket.getOutputStream().write('\n');
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
