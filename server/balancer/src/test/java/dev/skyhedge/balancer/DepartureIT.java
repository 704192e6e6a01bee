package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of running requests when the routing table takes their replica away.
class DepartureIT {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final BalancerSettings.Retry NO_BUDGET = new BalancerSettings.Retry(1, 0, 0, true);

    private TestBed bed = bed(Duration.ofMillis(100));

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    @Test
    void repeatsWhatASilentReplicaHeldWhenItIsRemoved() {
        FakeReplica hole = bed.replica(FakeReplica.Call::awaitClose);
        bed.route(hole.target("hole"));
        List<CompletableFuture<HttpResponse<String>>> answers = requests(30);
        until("all are lost in the hole", () -> hole.calls.size() == 30);

        bed.route(bed.replicaAnswering("ok").target("b"));

        assertAllAnswered(answers);
        until("the hole is let go", () -> hole.openConnections() == 0);
        assertThat(bed.balancer.statistics().failures().get(FailureKind.LOST)).isEqualTo(30);
        assertThat(bed.signals).noneMatch(Signal.ReplicaUnreachable.class::isInstance);
    }

    @Test
    void holdsWhatASilentReplicaHeldWhenThereIsNoOther() {
        FakeReplica hole = bed.replica(FakeReplica.Call::awaitClose);
        bed.route(hole.target("hole"));
        List<CompletableFuture<HttpResponse<String>>> answers = requests(10);
        until("all are lost in the hole", () -> hole.calls.size() == 10);

        bed.route();

        until("all are held", () -> bed.balancer.statistics().held() == 10);
        bed.route(bed.replicaAnswering("ok").target("b"));
        assertAllAnswered(answers);
    }

    @Test
    void repeatsAnUploadThatTheReplicaStoppedReading() {
        FakeReplica stuck = new FakeReplica(call -> call.reply(200, "never")) {
            @Override
            void serve(Socket socket) {
                until("the test is over", socket::isClosed); // reads nothing at all
            }
        };
        try (stuck) {
            bed.route(stuck.target("stuck"));
            byte[] body = "x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
            CompletableFuture<HttpResponse<String>> answer = bed.post("/", body);
            until("it is connected", () -> stuck.accepted.get() == 1);
            FakeReplica other = bed.replicaAnswering("ok");

            bed.route(other.target("b"));

            assertThat(await(answer).body()).isEqualTo("ok");
            assertThat(other.calls).allSatisfy(call -> assertThat(call.body()).isEqualTo(body));
        }
    }

    @Test
    void repeatsWhatRunsWhenTheDrainTimeIsOver() {
        FakeReplica hole = bed.replica(FakeReplica.Call::awaitClose);
        bed.route(hole.target("hole"));
        List<CompletableFuture<HttpResponse<String>>> answers = requests(10);
        until("all are lost in the hole", () -> hole.calls.size() == 10);

        bed.route(
                hole.target("hole").draining(Optional.of(Instant.now().plusMillis(50))),
                bed.replicaAnswering("ok").target("b"));

        assertAllAnswered(answers);
        until("it is drained", () -> bed.signals.contains(new Signal.Drained("chat", "hole", 1)));
    }

    @Test
    void letsARemovedReplicaFinishInItsGrace() throws Exception {
        useGrace(LONG);
        var proceed = new CompletableFuture<Void>();
        FakeReplica last = bed.replica(call -> {
            await(proceed);
            call.reply(200, "last words");
        });
        bed.route(last.target("a"));
        CompletableFuture<HttpResponse<String>> answer = bed.get("/");
        until("it runs", () -> last.calls.size() == 1);

        bed.route(bed.replicaAnswering("ok").target("b"));
        assertThat(await(bed.get("/")).body()).isEqualTo("ok");
        proceed.complete(null);

        assertThat(await(answer).body()).isEqualTo("last words");
    }

    @Test
    void tellsAnEventStreamWhyBeforeItBreaks() throws Exception {
        String received = cutAfter("text/event-stream", "data: {\"token\":1}\n\n");

        assertThat(received)
                .contains("data: {\"token\":1}\n\n")
                .contains("data: {\"error\":{")
                .contains("\"type\":\"replica_lost\"")
                .doesNotContain("\r\n0\r\n");
    }

    @Test
    void breaksInsideAnEventWithoutAddingToIt() throws Exception {
        assertThat(cutAfter("text/event-stream", "data: {\"tok"))
                .contains("data: {\"tok")
                .doesNotContain("replica_lost")
                .doesNotContain("\r\n0\r\n");
    }

    @Test
    void breaksOtherStreamsWithoutACleanEnd() throws Exception {
        assertThat(cutAfter("text/plain", "abc\n\n"))
                .contains("abc")
                .doesNotContain("replica_lost")
                .doesNotContain("\r\n0\r\n");
    }

    @Test
    void closesIdleConnectionsOfADrainingReplicaThoughOneIsBusy() throws Exception {
        idleConnectionsEndWhen(a -> bed.route(a.target("a").draining(Optional.empty())));
    }

    @Test
    void closesIdleConnectionsOfARemovedReplicaThoughOneIsBusy() throws Exception {
        useGrace(LONG);
        idleConnectionsEndWhen(a -> bed.route());
    }

    private void idleConnectionsEndWhen(java.util.function.Consumer<FakeReplica> leaves) {
        var proceed = new CompletableFuture<Void>();
        FakeReplica a = bed.replica(call -> {
            if (!call.requestLine().contains("/quick")) {
                await(proceed);
            }
            call.reply(200, "ok");
        });
        bed.route(a.target("a"));
        CompletableFuture<HttpResponse<String>> busy = bed.get("/");
        until("it runs", () -> a.calls.size() == 1);
        assertThat(await(bed.get("/quick")).body()).isEqualTo("ok");
        // Where connecting took too long there is one more, which was opened in vain.
        until("both are open", () -> a.openConnections() >= 2);

        leaves.accept(a);

        until("only the busy one is open", () -> a.openConnections() == 1);
        proceed.complete(null);
        assertThat(await(busy).body()).isEqualTo("ok");
        until("none is open", () -> a.openConnections() == 0);
    }

    /// What a client has got at the end of its connection when the replica is removed in the middle of a stream.
    private String cutAfter(String type, String part) throws IOException {
        FakeReplica streams = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
            call.awaitClose();
        });
        bed.route(streams.target("a"));
        var received = new StringBuilder();
        try (Socket client = bed.connect()) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (received.indexOf(part) < 0) {
                received.append((char) client.getInputStream().read());
            }
            bed.route();
            try {
                received.append(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            } catch (IOException reset) {
                received.append("");
            }
        }
        assertThat(bed.balancer.statistics().broken()).isEqualTo(1);
        return received.toString();
    }

    private List<CompletableFuture<HttpResponse<String>>> requests(int count) {
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < count; i++) {
            answers.add(bed.post("/" + i, ("body " + i).getBytes(StandardCharsets.US_ASCII)));
        }
        return answers;
    }

    private static void assertAllAnswered(List<CompletableFuture<HttpResponse<String>>> answers) {
        assertThat(answers)
                .allSatisfy(answer -> assertThat(await(answer).statusCode()).isEqualTo(200));
    }

    private void useGrace(Duration grace) throws Exception {
        bed.close();
        bed = bed(grace);
    }

    private static TestBed bed(Duration grace) {
        BalancerSettings defaults = BalancerSettings.defaults();
        BalancerSettings.Timeouts usual = defaults.timeouts();
        return new TestBed(defaults.with(NO_BUDGET)
                .with(new BalancerSettings.Timeouts(
                        usual.connect(),
                        usual.header(),
                        usual.keepAlive(),
                        LONG,
                        usual.drain(),
                        grace,
                        usual.unavailable())));
    }
}
