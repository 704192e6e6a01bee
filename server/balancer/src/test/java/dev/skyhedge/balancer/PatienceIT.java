package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.send;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nobody is waited for without a limit: no client, no replica, and no hold.
@Timeout(60)
class PatienceIT {
    private static final BalancerSettings DEFAULTS = BalancerSettings.defaults();

    private TestBed bed = new TestBed(DEFAULTS.with(clients(Duration.ofMillis(500))));

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    private void use(BalancerSettings settings) throws Exception {
        bed.close();
        bed = new TestBed(settings);
    }

    private static BalancerSettings.Clients clients(Duration timeout) {
        return new BalancerSettings.Clients(100, 1_000_000, timeout, Duration.ofSeconds(5));
    }

    private static BalancerSettings.Timeouts responseTimeout(Duration timeout) {
        BalancerSettings.Timeouts usual = DEFAULTS.timeouts();
        return new BalancerSettings.Timeouts(
                usual.connect(),
                usual.header(),
                usual.keepAlive(),
                timeout,
                usual.drain(),
                usual.removalGrace(),
                usual.unavailable());
    }

    private static BalancerSettings.Hold holdTimeout(Duration timeout) {
        BalancerSettings.Hold usual = DEFAULTS.hold();
        return new BalancerSettings.Hold(
                usual.requests(), usual.bodyBytes(), timeout, usual.releasePerReplica(), usual.retryAfter());
    }

    @Test
    void takesTheReplicaFromAClientThatReadsNothing() throws Exception {
        var cut = new AtomicBoolean();
        FakeReplica replica = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            try {
                byte[] block = new byte[64 * 1024];
                while (true) {
                    call.out().write(block);
                }
            } catch (IOException closed) {
                cut.set(true);
            }
        });
        bed.route(replica.target("a"));

        try (Socket client = bed.connect()) {
            client.setReceiveBufferSize(16 * 1024);
            send(client, "GET /big HTTP/1.1\r\nHost: h\r\n\r\n");

            until("the replica is free", cut::get);
        }
        assertThat(bed.balancer.statistics().clientAborts()).isEqualTo(1);
        assertThat(bed.balancer.statistics().replicas().getFirst().failures()).isZero();
    }

    @Test
    void answersAStalledUploadAndFreesTheReplica() throws Exception {
        assertThat(answerToHalfAnUpload()).startsWith("HTTP/1.1 408").contains("request_timeout");
        assertThat(bed.balancer.statistics().replicas().getFirst().failures()).isZero();
    }

    private String answerToHalfAnUpload() throws IOException {
        bed.route(bed.replicaAnswering("never").target("a"));
        try (Socket client = bed.connect()) {
            send(client, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf");
            return text(client);
        }
    }

    @Test
    void answersAnUploadThatTrickles() throws Exception {
        FakeReplica replica = bed.replicaAnswering("never");
        bed.route(replica.target("a"));

        try (Socket client = bed.connect()) {
            send(client, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000\r\n\r\n");
            Thread.ofVirtual().start(() -> trickle(client));

            assertThat(text(client)).startsWith("HTTP/1.1 408");
        }
    }

    private static void trickle(Socket client) {
        try {
            while (true) {
                send(client, "x");
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException closed) {
            // It had its answer.
        }
    }

    @Test
    void doesNotBlameTheReplicaWhoseClientStalls() throws Exception {
        use(DEFAULTS.with(responseTimeout(Duration.ofMillis(300))).with(clients(Duration.ofSeconds(2))));

        assertThat(answerToHalfAnUpload()).startsWith("HTTP/1.1 408");
    }

    @Test
    void answersGatewayTimeoutForASilentReplica() throws Exception {
        use(DEFAULTS.with(responseTimeout(Duration.ofMillis(300))));
        FakeReplica replica = bed.replica(FakeReplica.Call::awaitClose);
        bed.route(replica.target("a"));

        assertThat(TestBed.await(bed.post("/", new byte[100])).statusCode()).isEqualTo(504);
    }

    @Test
    void countsTheHoldTimeoutOverAllHoldsOfARequest() throws Exception {
        use(DEFAULTS.with(holdTimeout(Duration.ofSeconds(1))));
        FakeReplica gone = new FakeReplica(call -> {});
        gone.close();
        long begun = System.nanoTime();
        CompletableFuture<HttpResponse<String>> answer = bed.get("/");

        // Each table wakes it, and each time the replica is not there.
        for (int i = 1; !answer.isDone(); i++) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
            bed.route(Target.ready("a" + i, i, "127.0.0.1", gone.port()));
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }

        assertThat(TestBed.await(answer).statusCode()).isEqualTo(503);
        assertThat(bed.balancer.statistics().rejected()).containsEntry(Statistics.Rejection.DEADLINE, 1L);
    }

    @Test
    void limitsAHoldAfterAnAttemptThatOutlastedTheTimeout() throws Exception {
        use(DEFAULTS.with(holdTimeout(Duration.ofSeconds(1))));
        FakeReplica replica = bed.replica(FakeReplica.Call::awaitClose);
        CompletableFuture<HttpResponse<String>> answer = bed.get("/");
        until("it is held", () -> bed.balancer.statistics().held() == 1);
        long held = System.nanoTime();
        bed.route(replica.target("a"));
        until("it is tried", () -> !replica.calls.isEmpty());
        until("the time is over", () -> System.nanoTime() - held > 1_200_000_000L);

        bed.route();
        replica.kill();

        assertThat(TestBed.await(answer).statusCode()).isEqualTo(503);
    }

    private static String text(Socket socket) throws IOException {
        var in = new java.io.BufferedReader(
                new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        var all = new StringBuilder();
        for (int next = in.read(); next >= 0 && all.indexOf("}}") < 0; next = in.read()) {
            all.append((char) next);
        }
        return all.toString();
    }
}
