package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverIT {
    private static final int CONCURRENT = 40;

    /// Slow enough to have requests in progress when it dies.
    private static final FakeReplica.Behaviour SLOW = call -> {
        TimeUnit.MILLISECONDS.sleep(3);
        call.reply(200, "ok");
    };

    private final TestBed bed = new TestBed();

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    @Test
    void noRequestFailsWhenOneOfTwoReplicasIsKilledUnderLoad() throws Exception {
        FakeReplica doomed = bed.replica(SLOW);
        bed.route(doomed.target("a"), bed.replica(SLOW).target("b"));

        List<CompletableFuture<HttpResponse<String>>> answers = load(1_500, 500, doomed::kill);

        assertAllAnswered(answers);
        until(
                "the death is told",
                () -> bed.signals.stream()
                        .anyMatch(signal -> signal instanceof Signal.ReplicaUnreachable gone
                                && gone.replica().equals("a")));
    }

    @Test
    void noRequestFailsWhenThreeOfFourReplicasDieAtOnce() throws Exception {
        var doomed = List.of(bed.replica(SLOW), bed.replica(SLOW), bed.replica(SLOW));
        bed.route(
                doomed.get(0).target("a"),
                doomed.get(1).target("b"),
                doomed.get(2).target("c"),
                bed.replica(SLOW).target("d"));

        assertAllAnswered(load(1_500, 500, () -> doomed.forEach(FakeReplica::kill)));
    }

    @Test
    void noRequestFailsWhenAReplicaDiesInTheMiddleOfShortAnswers() throws Exception {
        FakeReplica doomed = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + "x".repeat(50));
            TimeUnit.MILLISECONDS.sleep(3);
            call.write("x".repeat(50));
        });
        FakeReplica other = bed.replicaAnswering("x".repeat(100));
        bed.route(doomed.target("a"), other.target("b"));

        List<CompletableFuture<HttpResponse<String>>> answers = load(1_000, 300, doomed::kill);

        assertAllAnswered(answers);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(await(answer).body()).isEqualTo("x".repeat(100)));
    }

    @Test
    void noRequestFailsWhenEveryReplicaDiesAndAnotherGetsReady() throws Exception {
        FakeReplica a = bed.replica(SLOW);
        bed.route(a.target("a"));
        FakeReplica next = bed.replicaAnswering("ok");

        List<CompletableFuture<HttpResponse<String>>> answers = load(600, 200, () -> {
            a.kill();
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(() -> bed.route(next.target("b")));
        });

        assertAllAnswered(answers);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504, 429})
    void goesElsewhereWhenAReplicaCannotServe(int status) {
        FakeReplica busy = bed.replica(call -> call.reply(status, "busy"));
        bed.route(busy.target("a"), bed.replicaAnswering("ok").target("b"));

        for (int i = 0; i < 8; i++) {
            assertThat(await(bed.get("/")).body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 429, 404})
    void passesAnErrorOnWhenThereIsNoOtherReplica(int status) {
        FakeReplica busy = bed.replica(call -> call.reply(status, "busy"));
        bed.route(busy.target("a"));

        HttpResponse<String> response = await(bed.get("/"));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("busy");
    }

    @Test
    void repeatsTheWholeBodyOnTheNextReplica() {
        byte[] body = "x".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        FakeReplica resets = bed.replica(FakeReplica.Call::reset);
        FakeReplica works = bed.replicaAnswering("ok");
        bed.route(resets.target("a"), works.target("b"));

        for (int i = 0; i < 4; i++) {
            assertThat(await(bed.post("/", body)).statusCode()).isEqualTo(200);
        }

        assertThat(works.calls).allSatisfy(call -> assertThat(call.body()).isEqualTo(body));
        assertThat(resets.calls).isNotEmpty();
    }

    @Test
    void doesNotRepeatABodyThatIsTooLargeToKeep() {
        FakeReplica resets = bed.replica(FakeReplica.Call::reset);
        bed.route(resets.target("a"));

        HttpResponse<String> response = await(bed.post("/", new byte[2_000_000]));

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"code\":\"replica_failed\"");
        assertThat(resets.calls).hasSize(1);
    }

    @Test
    void neverTriesTheSameReplicaTwice() {
        var replicas = new ArrayList<FakeReplica>();
        var targets = new ArrayList<Target>();
        for (int i = 0; i < 3; i++) {
            FakeReplica replica = bed.replica(FakeReplica.Call::reset);
            replicas.add(replica);
            targets.add(replica.target("r" + i));
        }
        bed.route(targets.toArray(Target[]::new));

        assertThat(await(bed.get("/")).statusCode()).isEqualTo(502);

        assertThat(replicas).allSatisfy(replica -> assertThat(replica.calls).hasSize(1));
    }

    @Test
    void waitsForABlackHoledAddressOnceAndThenEjectsIt() throws Exception {
        bed.close();
        var settings = BalancerSettings.defaults();
        var quick = settings.with(new BalancerSettings.Timeouts(
                Duration.ofMillis(200),
                settings.timeouts().header(),
                settings.timeouts().keepAlive(),
                settings.timeouts().streamIdle(),
                settings.timeouts().drain(),
                settings.timeouts().removalGrace(),
                settings.timeouts().unavailable()));
        var fillers = new ArrayList<SocketChannel>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var ownBed = new TestBed(quick)) {
            for (int i = 0; i < 4; i++) { // fills the accept queue: further connects get no answer
                SocketChannel filler = SocketChannel.open();
                fillers.add(filler);
                filler.configureBlocking(false);
                filler.connect(full.getLocalSocketAddress());
            }
            ownBed.route(
                    Target.ready("hole", 1, "127.0.0.1", full.getLocalPort()),
                    ownBed.replicaAnswering("ok").target("b"));

            for (int i = 0; i < 20; i++) {
                assertThat(await(ownBed.get("/")).statusCode()).isEqualTo(200);
            }

            assertThat(ownBed.balancer.statistics().failures().get(FailureKind.CONNECT_TIMEOUT))
                    .isBetween(2L, 6L);
            assertThat(ownBed.signals).anyMatch(signal -> signal instanceof Signal.ReplicaUnreachable);
            ownBed.assertAtRest();
        } finally {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void tellsThatAnEjectedReplicaIsBack() throws Exception {
        FakeReplica first = new FakeReplica(call -> call.reply(200, "ok"));
        bed.route(first.target("a"));
        assertThat(await(bed.get("/")).statusCode()).isEqualTo(200);
        first.kill();

        CompletableFuture<HttpResponse<String>> held = bed.get("/");
        until("it is ejected", () -> bed.signals.stream().anyMatch(Signal.ReplicaUnreachable.class::isInstance));
        try (var back = new FakeReplica(call -> call.reply(200, "back"), first.port())) {
            assertThat(await(held).body()).isEqualTo("back");
            until("it is back", () -> bed.signals.stream().anyMatch(Signal.ReplicaRecovered.class::isInstance));
            assertThat(back.calls).hasSize(1);
        }
    }

    @Test
    void endsABrokenStreamWithoutACleanEnd() {
        FakeReplica breaks = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            TimeUnit.MILLISECONDS.sleep(50);
            call.reset();
        });
        bed.route(breaks.target("a"));

        CompletableFuture<HttpResponse<String>> answer = bed.get("/");

        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class);
        assertThat(bed.balancer.statistics().broken()).isEqualTo(1);
    }

    @Test
    void swapsTablesUnderLoadWithoutAnError() throws Exception {
        FakeReplica a = bed.replicaAnswering("ok");
        FakeReplica b = bed.replicaAnswering("ok");
        bed.route(a.target("a"), b.target("b"));
        var stop = new AtomicBoolean();
        Thread swapper = Thread.ofVirtual().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                switch (i % 4) {
                    case 0 -> bed.route(a.target("a"));
                    case 1 -> bed.route(a.target("a"), b.target("b"));
                    case 2 -> bed.route(b.target("b"), a.target("a").draining(Optional.empty()));
                    default -> bed.route();
                }
                LockSupport.parkNanos(200_000);
            }
            bed.route(a.target("a"), b.target("b"));
        });

        List<CompletableFuture<HttpResponse<String>>> answers = load(2_000, 0, () -> {});
        stop.set(true);
        swapper.join();

        assertAllAnswered(answers);
    }

    @Test
    void tellsWhenADrainingReplicaIsDone() {
        var proceed = new CompletableFuture<Void>();
        FakeReplica a = bed.replica(call -> {
            await(proceed);
            call.reply(200, "ok");
        });
        bed.route(a.target("a"));
        CompletableFuture<HttpResponse<String>> running = bed.get("/");
        until("it runs", () -> !a.calls.isEmpty());

        bed.route(
                a.target("a").draining(Optional.empty()),
                bed.replicaAnswering("b").target("b"));

        assertThat(await(bed.get("/")).body()).isEqualTo("b");
        assertThat(bed.signals).noneMatch(Signal.Drained.class::isInstance);
        proceed.complete(null);
        assertThat(await(running).body()).isEqualTo("ok");
        until("it is drained", () -> bed.signals.contains(new Signal.Drained("chat", "a", 1)));
    }

    private List<CompletableFuture<HttpResponse<String>>> load(int requests, int eventAt, Runnable event)
            throws InterruptedException {
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        var slots = new Semaphore(CONCURRENT);
        for (int i = 0; i < requests; i++) {
            if (i == eventAt) {
                event.run();
            }
            assertThat(slots.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            byte[] body = ("request " + i).getBytes(StandardCharsets.US_ASCII);
            answers.add(bed.post("/v1/embeddings", body).whenComplete((response, failure) -> slots.release()));
        }
        return answers;
    }

    private static void assertAllAnswered(List<CompletableFuture<HttpResponse<String>>> answers) {
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            try {
                HttpResponse<String> response = await(answer);
                assertThat(response.statusCode()).as(response::body).isEqualTo(200);
            } catch (CompletionException failed) {
                throw new AssertionError(failed);
            }
        }
    }
}
