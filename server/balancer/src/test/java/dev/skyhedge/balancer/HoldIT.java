package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.policy.Policy;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldIT {
    private TestBed bed = new TestBed();

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    @Test
    void holdsRequestsUntilAReplicaIsReadyAndAnswersAll() {
        var held = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 200; i++) {
            held.add(bed.post("/" + i, ("body " + i).getBytes(StandardCharsets.US_ASCII)));
        }
        until("all are held", () -> bed.balancer.statistics().held() == 200);

        assertThat(bed.signals).hasSize(1).allMatch(Signal.Wake.class::isInstance);
        bed.route(bed.replicaAnswering("ok").target("a"));

        assertAllServed(held);
        assertThat(bed.balancer.statistics().holdWaits().count()).isEqualTo(200);
    }

    @Test
    void refusesWhatDoesNotFitInTheQueueAndSaysWhenToComeBack() throws Exception {
        useHold(new BalancerSettings.Hold(5, 1_000_000, Duration.ofMinutes(1), 32, Duration.ofSeconds(30)));
        bed.balancer.route(expectsAReplicaIn(Duration.ofSeconds(90)));
        List<CompletableFuture<HttpResponse<String>>> held = held(5);

        HttpResponse<String> refused = await(bed.get("/"));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(60L, 90L);
        assertThat(refused.body()).contains("\"code\":\"saturated\"");
        until("it is told", () -> bed.signals.stream().anyMatch(Signal.Saturated.class::isInstance));
        bed.balancer.route(RoutingTable.of(2, "chat", bed.replicaAnswering("ok").target("a")));
        assertAllServed(held);
    }

    @Test
    void saysWhenTheNextReplicaIsExpected() throws Exception {
        useHold(new BalancerSettings.Hold(0, 1_000_000, Duration.ofMinutes(1), 32, Duration.ofSeconds(30)));
        bed.balancer.route(expectsAReplicaIn(Duration.ofSeconds(3_000)));

        String wait = await(bed.get("/")).headers().firstValue("retry-after").orElseThrow();

        assertThat(Integer.parseInt(wait)).isBetween(2_900, 3_000);
    }

    @Test
    void saysWhenAnEjectedReplicaIsTriedAgain() throws Exception {
        useHold(new BalancerSettings.Hold(0, 1_000_000, Duration.ofMinutes(1), 32, Duration.ofSeconds(30)));
        FakeReplica gone = bed.replicaAnswering("never");
        gone.close();
        bed.route(gone.target("a"));

        String wait = await(bed.get("/")).headers().firstValue("retry-after").orElseThrow();

        assertThat(Integer.parseInt(wait)).isBetween(1, 2);
    }

    @Test
    void refusesARequestThatWaitedTooLong() throws Exception {
        useHold(new BalancerSettings.Hold(5, 1_000_000, Duration.ofMillis(100), 32, Duration.ofSeconds(30)));

        HttpResponse<String> refused = await(bed.get("/"));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
    }

    @Test
    void neverSendsAnAbortedRequestToAReplica() throws Exception {
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 50; i++) {
            Socket socket = bed.connect();
            socket.getOutputStream()
                    .write(("POST /" + i + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
                            .getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        until("all are held", () -> bed.balancer.statistics().held() == 50);
        for (Socket socket : sockets.subList(0, 40)) {
            socket.close();
        }
        until("the aborted ones are gone", () -> bed.balancer.statistics().held() == 10);
        FakeReplica replica = bed.replicaAnswering("ok");

        bed.route(replica.target("a"));

        until("the others are served", () -> bed.balancer.statistics().completions() == 10);
        assertThat(replica.calls).hasSize(10);
        assertThat(bed.balancer.statistics().clientAborts()).isEqualTo(40);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void fillsANewReplicaOnlyToItsLimitAtOnce() throws Exception {
        useHold(new BalancerSettings.Hold(100, 1_000_000, Duration.ofMinutes(1), 3, Duration.ofSeconds(30)));
        var proceed = new CompletableFuture<Void>();
        FakeReplica replica = bed.replica(call -> {
            await(proceed);
            call.reply(200, "ok");
        });
        List<CompletableFuture<HttpResponse<String>>> held = held(20);

        bed.route(replica.target("a"));

        until("it is filled", () -> replica.calls.size() == 3);
        assertThat(bed.balancer.statistics().held()).isEqualTo(17);
        proceed.complete(null);
        assertAllServed(held);
    }

    @Test
    void releasesMoreThanOneRequestToAReplicaThatIsBackButSlow() throws Exception {
        FakeReplica gone = bed.replicaAnswering("ok");
        bed.route(gone.target("a"));
        gone.kill();
        List<CompletableFuture<HttpResponse<String>>> held = held(3);
        var together = new CountDownLatch(3);

        try (var back = new FakeReplica(
                call -> {
                    together.countDown();
                    together.await();
                    call.reply(200, "ok");
                },
                gone.port())) {
            assertAllServed(held);
            assertThat(back.calls).hasSize(3);
        }
    }

    private List<CompletableFuture<HttpResponse<String>>> held(int requests) {
        List<CompletableFuture<HttpResponse<String>>> held = bed.get(requests, "/");
        until("all are held", () -> bed.balancer.statistics().held() == requests);
        return held;
    }

    private static void assertAllServed(List<CompletableFuture<HttpResponse<String>>> answers) {
        assertThat(answers)
                .allSatisfy(answer -> assertThat(await(answer).statusCode()).isEqualTo(200));
    }

    private static RoutingTable expectsAReplicaIn(Duration time) {
        return new RoutingTable(
                1,
                "chat",
                Policy.LEAST_LOAD,
                List.of(),
                Optional.of(Instant.now().plus(time)));
    }

    private void useHold(BalancerSettings.Hold hold) throws Exception {
        bed.close();
        bed = new TestBed(BalancerSettings.defaults().with(hold));
    }
}
