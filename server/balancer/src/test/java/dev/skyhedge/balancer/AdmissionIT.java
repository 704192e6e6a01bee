package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.send;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What all clients together may take, and how those are refused who want more, or something else.
@Timeout(60)
class AdmissionIT {
    private static final int BODY = 100_000;

    private TestBed bed = new TestBed(BalancerSettings.defaults()
            .with(new BalancerSettings.Clients(5, 3 * BODY, Duration.ofMinutes(1), Duration.ofSeconds(5))));

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        assertThat(bed.balancer.keptBytes()).isZero();
        bed.close();
    }

    @Test
    void servesRequestsWhoseBodiesItCannotKeepAndRepeatsTheOthers() throws Exception {
        var all = new CountDownLatch(5);
        FakeReplica dying = bed.replica(call -> {
            all.countDown();
            all.await();
            call.reset();
        });
        FakeReplica good = bed.replicaAnswering("good");
        bed.route(dying.target("a"));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(bed.post("/", new byte[BODY]));
        }
        until("they are sent", () -> dying.calls.size() == 4);
        assertThat(bed.balancer.keptBytes()).isLessThanOrEqualTo(3 * BODY);
        bed.route(dying.target("a"), good.target("b"));

        all.countDown();

        var codes = answers.stream()
                .map(answer -> TestBed.await(answer).statusCode())
                .toList();
        assertThat(codes).contains(200, 502).containsOnly(200, 502);
    }

    @Test
    void keepsABodyThatComesByteByByteInLittleMemory() throws Exception {
        FakeReplica replica = bed.replica(FakeReplica.Call::awaitClose);
        bed.route(replica.target("a"));
        try (Socket client = bed.connect()) {
            send(client, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            send(client, "1\r\nx\r\n".repeat(20_000) + "0\r\n\r\n");

            until("it is sent", () -> !replica.calls.isEmpty());

            assertThat(replica.calls.getFirst().body()).hasSize(20_000);
            assertThat(bed.balancer.keptBytes()).isBetween(20_000L, 40_000L);
        }
    }

    @Test
    void refusesRequestsBeyondItsLimitAndSaysWhenToComeBack() throws Exception {
        var open = new CountDownLatch(1);
        FakeReplica replica = bed.replica(call -> {
            open.await();
            call.reply(200, "done");
        });
        bed.route(replica.target("a"));
        List<CompletableFuture<HttpResponse<String>>> running = bed.get(5, "/");
        until("they run", () -> replica.calls.size() == 5);

        HttpResponse<String> refused = TestBed.await(bed.post("/", new byte[BODY]));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("overloaded");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        open.countDown();
        running.forEach(answer -> assertThat(TestBed.await(answer).statusCode()).isEqualTo(200));
        assertThat(TestBed.await(bed.get("/")).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesToUpgradeAConnection() throws Exception {
        FakeReplica replica = bed.replicaAnswering("plain");
        bed.route(replica.target("a"));

        String answer = answerTo("GET /ws HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 501").contains("upgrade_not_supported");
        assertThat(replica.calls).isEmpty();
    }

    @Test
    void servesAClientThatOffersAnotherVersionOfHttp() throws Exception {
        FakeReplica replica = bed.replicaAnswering("plain");
        bed.route(replica.target("a"));

        String answer = answerTo("GET / HTTP/1.1\r\nHost: h\r\nConnection: close, Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 40000000", "Transfer-Encoding: chunked"})
    void answersAClientThatSendsItsTooLargeBodyToTheEnd(String framing) throws Exception {
        FakeReplica replica = bed.replicaAnswering("never");
        bed.route(replica.target("a"));

        try (Socket client = bed.connect()) {
            send(client, "POST / HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n");
            byte[] block = new byte[40_000];
            for (int sent = 0; sent < 40_000_000; sent += block.length) {
                send(client, framing.startsWith("T") ? "9C40\r\n" : "");
                client.getOutputStream().write(block);
                send(client, framing.startsWith("T") ? "\r\n" : "");
            }
            send(client, framing.startsWith("T") ? "0\r\n\r\n" : "");

            assertThat(text(client.getInputStream())).startsWith("HTTP/1.1 413").contains("body_too_large");
        }
    }

    private String answerTo(String request) throws IOException {
        try (Socket client = bed.connect()) {
            send(client, request);
            return text(client.getInputStream());
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
}
