package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.send;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that come by TLS and HTTP/1.1.
class TlsIT {
    private static TestCertificates certificates;

    private final TestBed bed = new TestBed();
    private final AtomicBoolean replicaSawClose = new AtomicBoolean();
    private final List<HttpClient> clients = new ArrayList<>();

    @BeforeAll
    static void sign(@TempDir Path directory) throws Exception {
        certificates = new TestCertificates(directory)
                .sign("rsa", "RSA")
                .sign("ec", "EC")
                .sign("ed25519", "Ed25519");
    }

    @AfterEach
    void stop() throws Exception {
        clients.forEach(HttpClient::shutdownNow);
        bed.assertAtRest();
        bed.close();
    }

    private HttpClient client(SSLContext context) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
        clients.add(client);
        return client;
    }

    private URI uri(String path) {
        return URI.create("https://127.0.0.1:" + bed.port + path);
    }

    private CompletableFuture<HttpResponse<String>> get(HttpClient client, String path) {
        return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private SSLSocket connect() throws Exception {
        var socket = (SSLSocket) certificates.stranger().getSocketFactory().createSocket("127.0.0.1", bed.port);
        socket.startHandshake();
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec", "ed25519"})
    void answersByTlsWithAKeyOfAnyKindAndTellsTheReplica(String kind) throws Exception {
        bed.balancer.secure(Optional.of(certificates.server(kind)));
        FakeReplica replica = bed.replicaAnswering("here");
        bed.route(replica.target("a"));

        HttpResponse<String> answer = await(get(client(certificates.stranger()), "/v1/models"));

        assertThat(answer.body()).isEqualTo("here");
        assertThat(replica.calls.getFirst().header("X-Forwarded-Proto")).hasValue("https");
    }

    /// As curl and httpx do; the JDK's client of HTTP/1.1 says nothing.
    @Test
    void answersClientsThatOfferHttpOneAlone() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("ec")));
        bed.route(bed.replicaAnswering("here").target("a"));
        var socket = (SSLSocket) certificates.stranger().getSocketFactory().createSocket("127.0.0.1", bed.port);
        try (socket) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");

            send(socket, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .endsWith("here");
        }
    }

    @Test
    void answersNothingInTheOpenWithIt() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("ec")));
        bed.route(bed.replicaAnswering("here").target("a"));

        try (Socket client = bed.connect()) {
            send(client, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP");
        } catch (IOException reset) {
            // That is no answer either.
        }
        assertThat(bed.balancer.statistics().arrivals()).isZero();
    }

    @Test
    void seesThatTheClientOfASilentRequestIsGone() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("ec")));
        FakeReplica replica = bed.replica(call -> {
            try {
                call.awaitClose();
            } finally {
                replicaSawClose.set(true);
            }
        });
        bed.route(replica.target("a"));

        try (SSLSocket client = connect()) {
            send(client, "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            until("it runs", () -> !replica.calls.isEmpty());
        }

        until("the replica sees the close", replicaSawClose::get);
        assertThat(bed.balancer.statistics().clientAborts()).isEqualTo(1);
    }

    @Test
    void servesRequestsThatCameTogether() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("ec")));
        var mayAnswer = new Semaphore(0);
        FakeReplica replica = bed.replica(call -> {
            mayAnswer.acquire();
            call.reply(200, "four");
        });
        bed.route(replica.target("a"));

        try (SSLSocket client = connect()) {
            send(client, "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
            until("it runs", () -> !replica.calls.isEmpty());
            send(client, "GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
            send(client, "GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            mayAnswer.release(3);

            String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(all.split("four", -1)).hasSize(4);
        }
    }

    @Test
    void aStreamGoesOnWhileTheCertificateIsExchangedUnderLoad() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("ec")));
        var next = new Semaphore(0);
        FakeReplica replica = bed.replica(call -> {
            if (call.requestLine().contains("/stream")) {
                call.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                for (int i = 0; i < 3; i++) {
                    next.acquire();
                    call.write("9\r\ndata: " + i + "\n\n\r\n");
                }
                call.write("0\r\n\r\n");
            } else {
                call.reply(200, "here");
            }
        });
        bed.route(replica.target("a"));
        InputStream body = client(certificates.stranger())
                .send(HttpRequest.newBuilder(uri("/stream")).build(), HttpResponse.BodyHandlers.ofInputStream())
                .body();
        var stream = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        next.release();
        assertThat(stream.readLine()).isEqualTo("data: 0");

        for (int round = 0; round < 10; round++) {
            String shown = round % 2 == 0 ? "rsa" : "ec";
            List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
            HttpClient busy = client(certificates.stranger());
            for (int i = 0; i < 8; i++) {
                running.add(get(busy, "/"));
            }
            bed.balancer.secure(Optional.of(certificates.server(shown)));
            for (CompletableFuture<HttpResponse<String>> one : running) {
                assertThat(await(one).body()).isEqualTo("here");
            }
            try (SSLSocket fresh = connect()) {
                assertThat(fresh.getSession().getPeerCertificates()[0]).isEqualTo(certificates.certificate(shown));
            }
        }

        next.release(2);
        assertThat(stream.lines().filter(line -> !line.isEmpty())).containsExactly("data: 1", "data: 2");
        assertThat(bed.balancer.statistics().broken()).isZero();
    }

    @Test
    void aKeyThatDoesNotWorkLeavesTheOneOfBefore() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("ec")));
        bed.route(bed.replicaAnswering("here").target("a"));
        var torn = new ServerTls(
                List.of(certificates.certificate("rsa")),
                certificates.server("ec").key(),
                List.of());

        assertThatThrownBy(() -> bed.balancer.secure(Optional.of(torn))).isInstanceOf(Exception.class);

        assertThat(await(get(client(certificates.stranger()), "/")).body()).isEqualTo("here");
    }

    @Test
    void clientsWithoutACertificateAreRefusedWhereOneIsAskedFor() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("ec", List.of(certificates.certificate("ca")))));
        bed.route(bed.replicaAnswering("here").target("a"));

        assertThat(await(get(client(certificates.client("rsa")), "/")).body()).isEqualTo("here");
        assertThatThrownBy(() -> client(certificates.stranger())
                        .send(HttpRequest.newBuilder(uri("/")).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(bed.balancer.statistics().arrivals()).isEqualTo(1);
    }

    @Test
    void itsOwnQuestionIsAnsweredWithoutACertificate() throws Exception {
        BalancerSettings usual = BalancerSettings.defaults();
        var settings = usual.with(new BalancerSettings.Clients(
                usual.clients().requests(),
                usual.clients().keptBytes(),
                usual.clients().timeout(),
                Duration.ofMillis(20)));
        try (var own = new TestBed(settings)) {
            own.balancer.secure(Optional.of(certificates.server("ec", List.of(certificates.certificate("ca")))));
            long before = own.balancer.selfChecks();

            until("it is answered", () -> own.balancer.selfChecks() > before + 3);
            assertThat(own.balancer.isReady()).isTrue();
        }
    }
}
