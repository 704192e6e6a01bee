package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each time limit for itself, replicas that are full, and what changes while requests run.
@Timeout(60)
class TimeLimitsIT {
    private static final BalancerSettings DEFAULTS = BalancerSettings.defaults();
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private TestBed bed = new TestBed();

    @AfterEach
    void stop() throws Exception {
        mayEnd.countDown();
        bed.assertAtRest();
        bed.close();
    }

    private void use(BalancerSettings settings) throws Exception {
        bed.close();
        bed = new TestBed(settings);
    }

    private static BalancerSettings.Timeouts times(Duration firstByte, Duration idle, Duration total) {
        BalancerSettings.Timeouts usual = DEFAULTS.timeouts();
        return new BalancerSettings.Timeouts(
                usual.connect(),
                usual.header(),
                usual.keepAlive(),
                firstByte,
                idle,
                total,
                usual.drain(),
                usual.removalGrace(),
                usual.unavailable());
    }

    private static BalancerSettings.Limits perReplica(int inFlight) {
        BalancerSettings.Limits usual = DEFAULTS.limits();
        return new BalancerSettings.Limits(
                usual.headerBytes(),
                usual.bodyBytes(),
                usual.replayBodyBytes(),
                usual.wholeResponseBytes(),
                usual.idleConnections(),
                inFlight);
    }

    private static BalancerSettings.Hold hold(int requests, Duration notReady, Duration saturated) {
        return new BalancerSettings.Hold(
                requests,
                BalancerSettings.Hold.BODY_BYTES,
                notReady,
                saturated,
                BalancerSettings.Hold.RELEASE_PER_REPLICA,
                BalancerSettings.Hold.RETRY_AFTER);
    }

    /// Answers when it may.
    private FakeReplica slow() {
        return bed.replica(call -> {
            mayEnd.await();
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    }

    /// Begins its answer, and ends it when it may.
    private FakeReplica streaming() {
        return bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            mayEnd.await();
            call.write("3\r\ntwo\r\n0\r\n\r\n");
        });
    }

    private void pass(Duration time) {
        long begun = System.nanoTime();
        until("the time is over", () -> System.nanoTime() - begun > time.toNanos());
    }

    @Test
    void anAnswerThatDoesNotBeginInTimeIsA504() throws Exception {
        use(DEFAULTS.with(times(SHORT, LONG, LONG)));
        bed.route(slow().target("a"));

        assertThat(await(bed.get("/")).statusCode()).isEqualTo(504);
    }

    @Test
    void anAnswerThatHasBegunMayPauseForLongerThanItsBeginningMay() throws Exception {
        use(DEFAULTS.with(times(SHORT, LONG, LONG)));
        bed.route(streaming().target("a"));
        CompletableFuture<HttpResponse<String>> answer = bed.get("/");

        pass(SHORT.multipliedBy(4));
        mayEnd.countDown();

        assertThat(await(answer).body()).isEqualTo("onetwo");
    }

    @Test
    void anAnswerThatBeginsTooLateForTheWholeIsA504() throws Exception {
        use(DEFAULTS.with(times(LONG, LONG, SHORT)));
        bed.route(slow().target("a"));

        HttpResponse<String> answer = await(bed.get("/"));

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("out_of_time");
        assertThat(bed.balancer.statistics().replicas().getFirst().failures()).isZero();
    }

    @Test
    void anAnswerThatTakesTooLongAsAWholeIsCut() throws Exception {
        use(DEFAULTS.with(times(LONG, LONG, SHORT)));
        bed.route(streaming().target("a"));

        assertThatThrownBy(() -> await(bed.get("/"))).hasMessageContaining("IOException");
        assertThat(bed.balancer.statistics().broken()).isEqualTo(1);
    }

    @Test
    void whatComesWhenAllReplicasAreFullWaitsForOneThatHasRoomAgain() throws Exception {
        use(DEFAULTS.with(perReplica(1)));
        FakeReplica replica = slow();
        bed.route(replica.target("a"));
        CompletableFuture<HttpResponse<String>> first = bed.get("/1");
        until("it runs", () -> replica.calls.size() == 1);
        CompletableFuture<HttpResponse<String>> second = bed.get("/2");
        until("it waits", () -> bed.balancer.statistics().held() == 1);

        mayEnd.countDown();

        assertThat(await(first).statusCode()).isEqualTo(200);
        assertThat(await(second).statusCode()).isEqualTo(200);
    }

    @Test
    void whoWaitsTooLongForReplicasThatAreFullIsTold429() throws Exception {
        use(DEFAULTS.with(perReplica(1)).with(hold(10, LONG, SHORT)));
        FakeReplica replica = slow();
        bed.route(replica.target("a"));
        CompletableFuture<HttpResponse<String>> first = bed.get("/1");
        until("it runs", () -> replica.calls.size() == 1);

        HttpResponse<String> refused = await(bed.get("/2"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("replicas_full");
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        mayEnd.countDown();
        assertThat(await(first).statusCode()).isEqualTo(200);
    }

    @Test
    void whatDoesNotFitInTheQueueOfReplicasThatAreFullIsA429() throws Exception {
        use(DEFAULTS.with(perReplica(1)).with(hold(0, LONG, LONG)));
        FakeReplica replica = slow();
        bed.route(replica.target("a"));
        CompletableFuture<HttpResponse<String>> first = bed.get("/1");
        until("it runs", () -> replica.calls.size() == 1);

        assertThat(await(bed.get("/2")).statusCode()).isEqualTo(429);
        mayEnd.countDown();
        assertThat(await(first).statusCode()).isEqualTo(200);
    }

    @Test
    void aColdStartIsNoOverload() throws Exception {
        use(DEFAULTS.with(perReplica(1)).with(hold(10, LONG, SHORT)));
        CompletableFuture<HttpResponse<String>> waits = bed.get("/");
        until("it waits", () -> bed.balancer.statistics().held() == 1);
        pass(SHORT.multipliedBy(3));

        bed.route(bed.replicaAnswering("ok").target("a"));

        assertThat(await(waits).statusCode()).isEqualTo(200);
    }

    @Test
    void whoWaitedForFullReplicasThatGoWaitsOnForOthers() throws Exception {
        use(DEFAULTS.with(perReplica(1)).with(hold(10, LONG, SHORT)));
        FakeReplica replica = slow();
        bed.route(replica.target("a"));
        CompletableFuture<HttpResponse<String>> first = bed.get("/1");
        until("it runs", () -> replica.calls.size() == 1);
        CompletableFuture<HttpResponse<String>> second = bed.get("/2");
        until("it waits", () -> bed.balancer.statistics().held() == 1);
        bed.route(replica.target("a").draining(java.util.Optional.empty()));
        pass(SHORT.multipliedBy(3));

        bed.route(bed.replicaAnswering("ok").target("b"));

        assertThat(await(second).statusCode()).isEqualTo(200);
        mayEnd.countDown();
        assertThat(await(first).statusCode()).isEqualTo(200);
    }

    @Test
    void moreRoomIsUsedAsSoonAsItIsSet() throws Exception {
        BalancerSettings narrow = DEFAULTS.with(perReplica(1));
        use(narrow);
        FakeReplica replica = slow();
        bed.route(replica.target("a"));
        CompletableFuture<HttpResponse<String>> first = bed.get("/1");
        until("it runs", () -> replica.calls.size() == 1);
        CompletableFuture<HttpResponse<String>> second = bed.get("/2");
        until("it waits", () -> bed.balancer.statistics().held() == 1);

        bed.balancer.update(narrow.with(perReplica(2)));

        until("both run", () -> replica.calls.size() == 2);
        mayEnd.countDown();
        assertThat(await(first).statusCode()).isEqualTo(200);
        assertThat(await(second).statusCode()).isEqualTo(200);
    }

    @Test
    void aLimitOfTimeThatChangesHoldsForWhatRuns() throws Exception {
        bed.route(slow().target("a"));
        CompletableFuture<HttpResponse<String>> answer = bed.get("/");
        until("it runs", () -> bed.balancer.statistics().inFlight() == 1);

        bed.balancer.update(DEFAULTS.listeningOn("127.0.0.1", 0).with(times(SHORT, LONG, LONG)));

        assertThat(await(answer).statusCode()).isEqualTo(504);
    }
}
