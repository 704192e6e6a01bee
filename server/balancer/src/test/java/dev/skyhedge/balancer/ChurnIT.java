package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replicas come and go, and no client sees it.
class ChurnIT {
    private static final int REQUESTS = 800;
    private static final long NANOS_BETWEEN_REQUESTS = 5_000_000;
    private static final int REQUESTS_BETWEEN_DEATHS = 60;
    private static final int REQUESTS_UNTIL_IT_IS_GONE = 25;
    private static final String ANSWER = "x".repeat(1_000);

    private TestBed bed = new TestBed();

    private enum Way {
        REFUSE,
        RESET,
        CUT
    }

    private static final class Dying {
        private volatile boolean dying;
        private final Way way;
        private final FakeReplica replica;

        Dying(TestBed bed, Way way) {
            this.way = way;
            this.replica = bed.replica(this::answer);
        }

        private void answer(FakeReplica.Call call) throws Exception {
            TimeUnit.MILLISECONDS.sleep(3);
            if (!dying) {
                call.reply(200, ANSWER);
                return;
            }
            switch (way) {
                case REFUSE -> {
                    call.write("HTTP/1.1 503 X\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbusy");
                    call.socket().close();
                }
                case RESET -> call.reset();
                case CUT -> {
                    call.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(500));
                    call.reset();
                }
            }
        }

        void die() {
            dying = true;
            if (way == Way.RESET) {
                replica.kill();
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void noRequestFailsWhileReplicasComeAndGo(int alive) {
        var replicas = new ArrayList<Dying>();
        for (int i = 0; i < alive; i++) {
            replicas.add(new Dying(bed, Way.values()[i]));
        }
        route(replicas, alive);
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < REQUESTS; i++) {
            LockSupport.parkNanos(NANOS_BETWEEN_REQUESTS); // never faster: a request must not live through many deaths
            if (i % REQUESTS_BETWEEN_DEATHS == REQUESTS_BETWEEN_DEATHS / 2) {
                replicas.get(replicas.size() - alive).die();
            } else if (i % REQUESTS_BETWEEN_DEATHS == REQUESTS_BETWEEN_DEATHS / 2 + REQUESTS_UNTIL_IT_IS_GONE) {
                replicas.get(replicas.size() - alive).replica.kill();
                replicas.add(new Dying(bed, Way.values()[replicas.size() % Way.values().length]));
                route(replicas, alive);
            }
            answers.add(bed.post("/v1/embeddings", ("request " + i).getBytes(StandardCharsets.US_ASCII)));
        }

        List<String> failures = answers.stream()
                .map(TestBed::await)
                .filter(answer -> answer.statusCode() != 200 || !answer.body().equals(ANSWER))
                .map(answer -> answer.statusCode() + " " + answer.body())
                .toList();
        assertThat(failures).isEmpty();
        assertThat(bed.balancer.statistics().retries()).isPositive();
    }

    @Test
    void waitsForAnotherReplicaWhenTheOnlyOneRefuses() {
        FakeReplica refuses = bed.replica(call -> call.reply(503, "shutting down"));
        bed.route(refuses.target("a"));
        CompletableFuture<HttpResponse<String>> answer = bed.get("/");
        until("it was refused twice", () -> refuses.calls.size() >= 2);

        bed.route(refuses.target("a"), bed.replicaAnswering("ok").target("b"));

        assertThat(await(answer).body()).isEqualTo("ok");
    }

    @Test
    void waitsForAnotherReplicaWhenTheOnlyOneCutsWhatItGets() {
        FakeReplica cuts = bed.replica(FakeReplica.Call::reset);
        bed.route(cuts.target("a"));
        CompletableFuture<HttpResponse<String>> answer = bed.get("/");
        until("it was cut twice", () -> cuts.calls.size() >= 2);

        bed.route(bed.replicaAnswering("ok").target("b"));

        assertThat(await(answer).body()).isEqualTo("ok");
    }

    @Test
    void givesUpWhenTheOnlyReplicaGoesOnCutting() throws Exception {
        useUnavailable(Duration.ofMillis(200));
        FakeReplica cuts = bed.replica(FakeReplica.Call::reset);
        bed.route(cuts.target("a"));

        assertThat(await(bed.get("/")).statusCode()).isEqualTo(502);

        assertThat(cuts.calls).hasSizeBetween(2, 12);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void passesTheRefusalOnWhenItLasts(int status) throws Exception {
        useUnavailable(Duration.ofMillis(200));
        FakeReplica refuses = bed.replica(call -> call.reply(status, "busy"));
        bed.route(refuses.target("a"));

        HttpResponse<String> response = await(bed.get("/"));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("busy");
        assertThat(refuses.calls).hasSizeBetween(2, 12);
    }

    @Test
    void passesTheRefusalOfARequestThatMustNotBeRepeatedOnAtOnce() throws Exception {
        bed.close();
        bed = new TestBed(BalancerSettings.defaults().with(new BalancerSettings.Retry(3, 10, 0.2, false)));
        FakeReplica refuses = bed.replica(call -> call.reply(503, "busy"));
        bed.route(refuses.target("a"));

        assertThat(await(bed.post("/", new byte[1])).statusCode()).isEqualTo(503);

        assertThat(refuses.calls).hasSize(1);
    }

    private void route(List<Dying> replicas, int alive) {
        var targets = new ArrayList<Target>();
        for (int i = replicas.size() - alive; i < replicas.size(); i++) {
            targets.add(replicas.get(i).replica.target("r" + i));
        }
        bed.route(targets.toArray(Target[]::new));
    }

    private void useUnavailable(Duration unavailable) throws Exception {
        bed.close();
        BalancerSettings defaults = BalancerSettings.defaults();
        BalancerSettings.Timeouts usual = defaults.timeouts();
        bed = new TestBed(defaults.with(new BalancerSettings.Timeouts(
                usual.connect(),
                usual.header(),
                usual.keepAlive(),
                usual.streamIdle(),
                usual.drain(),
                usual.removalGrace(),
                unavailable)));
    }
}
