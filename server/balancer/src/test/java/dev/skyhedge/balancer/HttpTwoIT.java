package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients of HTTP/2.
class HttpTwoIT {
    private static TestCertificates certificates;

    private final TestBed bed = new TestBed();
    private HttpClient client;

    @BeforeAll
    static void sign(@TempDir Path directory) throws Exception {
        certificates = new TestCertificates(directory).sign("server", "EC");
    }

    @BeforeEach
    void start() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("server")));
        client = client(HttpClient.Version.HTTP_2);
    }

    private static HttpClient client(HttpClient.Version version) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(certificates.stranger())
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        client.shutdownNow();
        bed.assertAtRest();
        bed.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + bed.port + path));
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private FakeReplica route(FakeReplica.Behaviour behaviour) {
        FakeReplica replica = bed.replica(behaviour);
        bed.route(replica.target("a"));
        return replica;
    }

    private static void stream(FakeReplica.Call call) throws Exception {
        call.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aClientGetsTheProtocolThatItAsksFor(HttpClient.Version version) throws Exception {
        route(call -> call.reply(200, "here"));

        try (HttpClient asking = client(version)) {
            HttpResponse<String> answer =
                    asking.send(request("/v1/models").build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).isEqualTo("here");
        }
    }

    @Test
    void aReplicaIsAskedByHttpOneWithHostAndNoBodyWhereThereIsNone() throws Exception {
        FakeReplica replica = route(call -> call.reply(200, "here"));

        HttpResponse<String> answer = client.send(
                request("/v1/models?x=%2F").header("Cookie", "a=1").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        FakeReplica.Call call = replica.calls.getFirst();
        assertThat(call.requestLine()).isEqualTo("GET /v1/models?x=%2F HTTP/1.1");
        assertThat(call.header("Host")).hasValue("127.0.0.1:" + bed.port);
        assertThat(call.header("X-Forwarded-Host")).hasValue("127.0.0.1:" + bed.port);
        assertThat(call.header("X-Forwarded-Proto")).hasValue("https");
        assertThat(call.header("Transfer-Encoding")).isEmpty();
        assertThat(call.header("Content-Length")).isEmpty();
        assertThat(call.head().stream().filter(line -> line.startsWith(":"))).isEmpty();
    }

    @Test
    void bodiesOfKnownAndUnknownLengthArrive() throws Exception {
        FakeReplica replica = route(call -> call.reply(200, "" + call.body().length));
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);

        HttpResponse<String> known = await(client.sendAsync(
                request("/").POST(HttpRequest.BodyPublishers.ofByteArray(large)).build(),
                HttpResponse.BodyHandlers.ofString()));
        HttpResponse<String> unknown = await(client.sendAsync(
                request("/")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                        .build(),
                HttpResponse.BodyHandlers.ofString()));

        assertThat(known.body()).isEqualTo("3000000");
        assertThat(unknown.body()).isEqualTo("3000000");
        assertThat(replica.calls).allSatisfy(call -> assertThat(call.body()).isEqualTo(large));
        assertThat(replica.calls.getLast().header("Transfer-Encoding")).hasValue("chunked");
    }

    @Test
    void eventsArriveOneByOne() throws Exception {
        var next = new Semaphore(0);
        route(call -> {
            stream(call);
            for (int i = 0; i < 5; i++) {
                next.acquire();
                call.write("9\r\ndata: " + i + "\n\n\r\n");
            }
            call.write("0\r\n\r\n");
        });

        InputStream body = client.send(request("/stream").build(), HttpResponse.BodyHandlers.ofInputStream())
                .body();
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (int i = 0; i < 5; i++) {
            next.release();
            assertThat(lines.readLine()).isEqualTo("data: " + i);
            assertThat(lines.readLine()).isEmpty();
        }
        assertThat(lines.readLine()).isNull();
    }

    @Test
    void manyStreamsRunOnOneConnection() throws Exception {
        int streams = 100;
        var all = new CountDownLatch(streams);
        FakeReplica replica = route(call -> {
            all.countDown();
            all.await();
            call.reply(200, call.requestLine().substring(5, 8));
        });

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        get("/"); // opens the connection
        for (int i = 100; i < 100 + streams - 1; i++) {
            answers.add(get("/" + i));
        }

        for (int i = 0; i < answers.size(); i++) {
            assertThat(await(answers.get(i)).body()).isEqualTo("" + (100 + i));
        }
        assertThat(replica.calls).hasSize(streams);
    }

    @Test
    void aStreamThatItsClientGivesUpEndsAtTheReplicaAndTheOthersGoOn() throws Exception {
        var next = new Semaphore(0);
        var closed = new AtomicInteger();
        FakeReplica replica = route(call -> {
            if (call.requestLine().contains("/silent")) {
                try {
                    call.awaitClose();
                } finally {
                    closed.incrementAndGet();
                }
            }
            stream(call);
            next.acquire();
            call.write("4\r\nend\n\r\n0\r\n\r\n");
        });
        CompletableFuture<HttpResponse<String>> kept = get("/stream");
        until("it runs", () -> replica.calls.size() == 1);
        List<CompletableFuture<HttpResponse<String>>> given = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            given.add(get("/silent"));
        }
        until("they run", () -> replica.calls.size() == 21);
        assertThat(bed.balancer.statistics().inFlight()).isEqualTo(21);

        given.forEach(one -> one.cancel(true));

        until("replicas see it", () -> closed.get() == 20);
        until("one is left", () -> bed.balancer.statistics().inFlight() == 1);
        assertThat(bed.balancer.statistics().clientAborts()).isEqualTo(20);
        assertThat(bed.balancer.statistics().replicas().getFirst().inFlight()).isEqualTo(1);
        next.release();
        assertThat(await(kept).body()).isEqualTo("end\n");
    }

    @Test
    void aClientThatIsGoneEndsAllOfItsStreams() throws Exception {
        FakeReplica replica = route(FakeReplica.Call::awaitClose);
        for (int i = 0; i < 10; i++) {
            get("/silent");
        }
        until("they run", () -> replica.calls.size() == 10);

        client.shutdownNow();

        until("nothing is left", () -> bed.balancer.statistics().inFlight() == 0);
        assertThat(bed.balancer.statistics().clientAborts()).isEqualTo(10);
    }

    @Test
    void aReaderThatStopsSlowsTheReplicaAndNobodyElseAndCanStillGiveUp() throws Exception {
        var written = new AtomicLong();
        route(call -> {
            if (call.requestLine().contains("/small")) {
                call.reply(200, "small");
                return;
            }
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            byte[] block = new byte[64 * 1024];
            for (long left = 1_000_000_000; left > 0; left -= block.length) {
                call.out().write(block);
                written.addAndGet(block.length);
            }
        });
        InputStream slow = client.send(request("/big").build(), HttpResponse.BodyHandlers.ofInputStream())
                .body();
        slow.readNBytes(10_000);

        assertThat(await(get("/small")).body()).isEqualTo("small");
        long[] last = {-1, 0};
        until("the replica is stopped", () -> {
            long now = written.get();
            last[1] = now > 0 && now == last[0] ? last[1] + 1 : 0;
            last[0] = now;
            return last[1] > 100;
        });
        assertThat(written.get()).isLessThan(60_000_000);

        slow.close();
        until("it is given up", () -> bed.balancer.statistics().inFlight() == 0);
        assertThat(await(get("/small")).body()).isEqualTo("small");
    }

    @Test
    void anAnswerThatBreaksIsNoEnd() throws Exception {
        route(call -> {
            call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n");
            call.reset();
        });

        assertThatThrownBy(() -> await(get("/"))).hasStackTraceContaining("IOException");
        assertThat(bed.balancer.statistics().broken()).isEqualTo(1);
    }

    @Test
    void headersThatAreTooLargeAreRefused() throws Exception {
        FakeReplica replica = route(call -> call.reply(200, "here"));

        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request("/").header("X-Large", "x".repeat(20_000)).build(), HttpResponse.BodyHandlers.ofString());

        try {
            assertThat(answer.get().statusCode()).isEqualTo(431);
        } catch (java.util.concurrent.ExecutionException reset) {
            assertThat(reset).hasCauseInstanceOf(java.io.IOException.class);
        }
        assertThat(replica.calls).isEmpty();
        assertThat(await(get("/")).body()).isEqualTo("here");
    }

    @Test
    void bodiesThatAreTooLargeAreRefused() throws Exception {
        BalancerSettings usual = BalancerSettings.defaults();
        bed.balancer.update(usual.listeningOn("127.0.0.1", 0)
                .with(new BalancerSettings.Limits(usual.limits().headerBytes(), 1_000, 1_000, 1_000, 10)));
        FakeReplica replica = route(call -> call.reply(200, "here"));

        HttpResponse<String> known = await(client.sendAsync(
                request("/")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2_000]))
                        .build(),
                HttpResponse.BodyHandlers.ofString()));

        assertThat(known.statusCode()).isEqualTo(413);
        assertThat(replica.calls).isEmpty();
    }

    @Test
    void aBalancerThatStopsLetsStreamsEndAndTakesNoMore() throws Exception {
        var next = new Semaphore(0);
        FakeReplica replica = route(call -> {
            stream(call);
            next.acquire();
            call.write("4\r\nend\n\r\n0\r\n\r\n");
        });
        CompletableFuture<HttpResponse<String>> kept = get("/stream");
        until("it runs", () -> replica.calls.size() == 1);
        Thread stopping = Thread.ofVirtual().start(() -> bed.balancer.stop(Duration.ofSeconds(20)));
        until("it stops", () -> !bed.balancer.isReady());

        next.release();

        assertThat(await(kept).body()).isEqualTo("end\n");
        stopping.join();
        assertThatThrownBy(() -> await(get("/"))).hasStackTraceContaining("ConnectException");
    }

    @Test
    void aReaderThatTakesNothingForTooLongLosesItsStreamAndNoOther() throws Exception {
        BalancerSettings usual = BalancerSettings.defaults();
        bed.balancer.update(usual.with(new BalancerSettings.Clients(
                usual.clients().requests(),
                usual.clients().keptBytes(),
                Duration.ofMillis(500),
                usual.clients().selfCheck())));
        var next = new Semaphore(0);
        route(call -> {
            if (call.requestLine().contains("/stream")) {
                stream(call);
                next.acquire();
                call.write("4\r\nend\n\r\n0\r\n\r\n");
                return;
            }
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            byte[] block = new byte[64 * 1024];
            for (long left = 1_000_000_000; left > 0; left -= block.length) {
                call.out().write(block);
            }
        });
        CompletableFuture<HttpResponse<String>> kept = get("/stream");
        InputStream slow = client.send(request("/big").build(), HttpResponse.BodyHandlers.ofInputStream())
                .body();

        until("it is cut", () -> bed.balancer.statistics().clientAborts() == 1);

        assertThat(bed.balancer.statistics().inFlight()).isEqualTo(1);
        next.release();
        assertThat(await(kept).body()).isEqualTo("end\n");
        slow.close();
    }
}
