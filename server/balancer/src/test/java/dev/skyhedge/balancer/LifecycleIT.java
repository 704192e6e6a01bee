package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LifecycleIT {
    private static final int HAND_OVERS = 100;

    @Test
    void saysThatThePortIsInUse() throws Exception {
        try (var bed = new TestBed()) {
            var second = new Balancer(
                    BalancerSettings.defaults().listeningOn("127.0.0.1", bed.port),
                    signal -> {},
                    InstantSource.system(),
                    new Random(1));

            assertThat(second.start())
                    .isInstanceOfSatisfying(
                            StartResult.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains("127.0.0.1:" + bed.port)
                                    .contains("in use"));
        }
    }

    /// A thread that is on its way out of a closed socket keeps it: now and then, and more often on a busy machine.
    @Test
    void itsAddressIsFreeAsSoonAsItIsGivenUp() throws Exception {
        for (int i = 0; i < HAND_OVERS; i++) {
            var balancer = new Balancer(
                    BalancerSettings.defaults().listeningOn("127.0.0.1", 0),
                    signal -> {},
                    InstantSource.system(),
                    new Random(i));
            assertThat(balancer.start()).isInstanceOf(StartResult.Listening.class);
            int port = balancer.port();

            balancer.retire();

            try (var successor = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(successor.isBound()).isTrue();
            }
            balancer.stop(Duration.ZERO);
        }
    }

    @Test
    void finishesRunningRequestsBeforeItStops() throws Exception {
        try (var bed = new TestBed()) {
            var proceed = new CompletableFuture<Void>();
            FakeReplica replica = bed.replica(call -> {
                await(proceed);
                call.reply(200, "ok");
            });
            bed.route(replica.target("a"));
            CompletableFuture<HttpResponse<String>> running = bed.get("/");
            until("it runs", () -> !replica.calls.isEmpty());

            Thread stopping = Thread.ofVirtual().start(() -> bed.balancer.stop(Duration.ofSeconds(10)));
            until("it is not ready", () -> !bed.balancer.isReady());
            until("it refuses connections", () -> refused(bed));
            proceed.complete(null);

            HttpResponse<String> response = await(running);
            assertThat(response.body()).isEqualTo("ok");
            assertThat(response.headers().firstValue("connection")).contains("close");
            stopping.join();
        }
    }

    @Test
    void stopsThoughARequestIsStuckWhenTheTimeIsOver() throws Exception {
        try (var bed = new TestBed()) {
            FakeReplica replica = bed.replica(FakeReplica.Call::awaitClose);
            bed.route(replica.target("a"));
            CompletableFuture<HttpResponse<String>> stuck = bed.get("/");
            until("it runs", () -> !replica.calls.isEmpty());

            bed.balancer.stop(Duration.ofMillis(50));

            assertThat(stuck).failsWithin(Duration.ofSeconds(10));
            until("the replica is let go", () -> replica.openConnections() == 0);
        }
    }

    @Test
    void ignoresATableThatIsNotNewer() throws Exception {
        try (var bed = new TestBed()) {
            FakeReplica a = bed.replicaAnswering("a");
            assertThat(bed.balancer.route(RoutingTable.of(5, "chat", a.target("a"))))
                    .isTrue();

            assertThat(bed.balancer.route(RoutingTable.of(5, "chat"))).isFalse();
            assertThat(bed.balancer.route(RoutingTable.of(4, "chat"))).isFalse();

            assertThat(await(bed.get("/")).body()).isEqualTo("a");
            assertThat(bed.balancer.statistics().tableVersion()).isEqualTo(5);
        }
    }

    @Test
    void givesTheRequestRateBetweenTwoSnapshots() throws Exception {
        try (var bed = new TestBed()) {
            bed.route(bed.replicaAnswering("a").target("a"));
            Statistics before = bed.balancer.statistics();
            for (int i = 0; i < 10; i++) {
                await(bed.get("/"));
            }
            // An answer is counted once it has been sent, which its client may notice first.
            until("all are counted", () -> bed.balancer.statistics().durations().count() == 10);
            Statistics after = bed.balancer.statistics();

            double seconds = Duration.between(before.at(), after.at()).toNanos() / 1e9;
            assertThat(after.requestRateSince(before) * seconds)
                    .isCloseTo(10, org.assertj.core.data.Offset.offset(0.001));
        }
    }

    private static boolean refused(TestBed bed) {
        try (var socket = bed.connect()) {
            return false;
        } catch (java.io.IOException refused) {
            return true;
        }
    }
}
