package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.Statistics.Ejection;
import dev.skyhedge.balancer.Statistics.ReplicaStatistics;
import dev.skyhedge.balancer.policy.Policy;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A replica that fails requests is told from a request that fails at replicas.
class OutlierIT {
    private static final int CONCURRENT = 20;
    private static final int POISON_LOOPS = 4;

    /// A machine that is busy may take its time to connect, which is no fault of a replica.
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final TestBed bed = new TestBed(patient(BalancerSettings.defaults()));

    private static BalancerSettings patient(BalancerSettings defaults) {
        BalancerSettings.Timeouts usual = defaults.timeouts();
        return defaults.with(new BalancerSettings.Timeouts(
                CONNECT,
                usual.header(),
                usual.keepAlive(),
                usual.streamIdle(),
                usual.drain(),
                usual.removalGrace(),
                usual.unavailable()));
    }

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void aReplicaThatAnswersErrorsAtOnceTakesLittleOfTheTraffic(Policy policy) throws Exception {
        FakeReplica.Behaviour slow = call -> {
            TimeUnit.MILLISECONDS.sleep(200);
            call.reply(200, "ok");
        };
        FakeReplica broken = bed.replica(call -> call.reply(500, "CUDA error"));
        route(policy, bed.replica(slow), bed.replica(slow), broken);

        long failed = load(400, "/").stream()
                .filter(answer -> answer.statusCode() != 200)
                .count();

        assertThat(failed).isLessThan(60); // of 400; a third of them goes there if nobody looks
        assertThat(statistics("r2").ejections()).containsEntry(Ejection.ERROR_SHARE, 1L);
        assertThat(statistics("r2").ejected()).contains(Ejection.ERROR_SHARE);
        assertThat(bed.signals)
                .anyMatch(signal -> signal instanceof Signal.ReplicaEjected ejected
                        && ejected.replica().equals("r2")
                        && ejected.errorShare() > 0.9);
    }

    @Test
    void whatAllReplicasAnswerAlikeEjectsNobody() throws Exception {
        FakeReplica.Behaviour alike = call -> call.reply(call.requestLine().contains("/bad") ? 500 : 200, "ok");
        route(Policy.LEAST_LOAD, bed.replica(alike), bed.replica(alike), bed.replica(alike));

        assertThat(load(200, "/bad")).allMatch(answer -> answer.statusCode() == 500);
        assertThat(load(100, "/")).allMatch(answer -> answer.statusCode() == 200);

        assertNobodyIsEjected();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void requestsThatMakeReplicasHangUpTakeNothingFromOthers(int replicas) throws Exception {
        innocentsAreServedBeside(replicas, FakeReplica.Call::reset);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void requestsThatAreCutInTheMiddleOfTheAnswerTakeNothingFromOthers(int replicas) throws Exception {
        innocentsAreServedBeside(replicas, OutlierIT::cutInTheMiddle);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void requestsWhoseStreamIsCutTakeNothingFromOthers(int replicas) throws Exception {
        innocentsAreServedBeside(replicas, call -> {
            call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            call.reset();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aRequestIsSentThreeTimesAtMostIfItIsCut(int replicas) {
        var sent = new AtomicInteger();
        var all = new FakeReplica[replicas];
        for (int i = 0; i < replicas; i++) {
            all[i] = bed.replica(call -> {
                sent.incrementAndGet();
                call.reset();
            });
        }
        route(Policy.LEAST_LOAD, all);

        assertThat(await(bed.get("/")).statusCode()).isEqualTo(502);

        assertThat(sent).hasValue(3);
    }

    @Test
    void aRequestIsNotSentAgainOnceItsAnswerHasBegunOnALivingReplica() {
        var sent = new AtomicInteger();
        FakeReplica.Behaviour half = call -> {
            sent.incrementAndGet();
            cutInTheMiddle(call);
        };
        route(Policy.LEAST_LOAD, bed.replica(half), bed.replica(half));

        assertThat(await(bed.get("/")).statusCode()).isEqualTo(502);

        assertThat(sent).hasValue(1);
    }

    @Test
    void aReplicaThatHangsUpOnEverythingIsEjectedAndNoRequestFails() throws Exception {
        route(
                Policy.ROUND_ROBIN,
                bed.replicaAnswering("ok"),
                bed.replicaAnswering("ok"),
                bed.replica(FakeReplica.Call::reset));

        assertThat(load(200, "/")).allMatch(answer -> answer.statusCode() == 200);

        assertThat(statistics("r2").ejections().get(Ejection.ERROR_SHARE)).isPositive();
    }

    @Test
    void fewRequestsFailAtAReplicaThatCutsEveryAnswer() throws Exception {
        FakeReplica.Behaviour usual = call -> {
            TimeUnit.MILLISECONDS.sleep(5);
            call.reply(200, "ok");
        };
        FakeReplica cuts = bed.replica(OutlierIT::cutInTheMiddle);
        route(Policy.ROUND_ROBIN, bed.replica(usual), bed.replica(usual), cuts);

        long failed = load(300, "/").stream()
                .filter(answer -> answer.statusCode() != 200)
                .count();

        assertThat(failed).isLessThan(30); // of the hundred that it gets if nobody looks
        // On a machine that is busy enough it is over before all are answered.
        assertThat(statistics("r2").ejections().get(Ejection.ERROR_SHARE)).isPositive();
    }

    @Test
    void theEjectedReplicaServesWhenTheOtherOneDies() throws Exception {
        FakeReplica good = bed.replicaAnswering("ok");
        var broken = new AtomicBoolean(true);
        FakeReplica other = bed.replica(call -> call.reply(broken.get() ? 500 : 200, "other"));
        route(Policy.ROUND_ROBIN, good, other);
        load(100, "/");
        assertThat(statistics("r1").ejected()).contains(Ejection.ERROR_SHARE);
        broken.set(false);

        good.kill();

        assertThat(load(50, "/")).allMatch(answer -> answer.statusCode() == 200);
        assertThat(statistics("r1").ejected()).isEmpty();
    }

    @Test
    void aReplicaThatItsProbesFindReadyAgainIsTakenBack() throws Exception {
        var broken = new AtomicBoolean(true);
        FakeReplica good = bed.replicaAnswering("ok");
        FakeReplica other = bed.replica(call -> call.reply(broken.get() ? 500 : 200, "ok"));
        route(Policy.ROUND_ROBIN, good, other);
        load(100, "/");
        assertThat(statistics("r1").ejected()).contains(Ejection.ERROR_SHARE);
        broken.set(false);

        bed.route(good.target("r0"));
        route(Policy.ROUND_ROBIN, good, other);

        assertThat(statistics("r1").ejected()).isEmpty();
        assertThat(load(20, "/")).allMatch(answer -> answer.statusCode() == 200);
    }

    private static void cutInTheMiddle(FakeReplica.Call call) throws IOException {
        call.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of");
        call.reset();
    }

    /// Loops of poison run while innocent requests come: these are all served, by replicas that all stay.
    private void innocentsAreServedBeside(int replicas, FakeReplica.Behaviour poison) throws Exception {
        FakeReplica.Behaviour behaviour = call -> {
            if (call.requestLine().contains("/poison")) {
                poison.answer(call);
            } else {
                TimeUnit.MILLISECONDS.sleep(5);
                call.reply(200, "ok");
            }
        };
        var all = new FakeReplica[replicas];
        for (int i = 0; i < replicas; i++) {
            all[i] = bed.replica(behaviour);
        }
        route(Policy.LEAST_LOAD, all);
        var over = new AtomicBoolean();
        var poisoned = new AtomicInteger();
        for (int i = 0; i < POISON_LOOPS; i++) {
            poison(over, poisoned);
        }
        until("there is poison", () -> poisoned.get() >= POISON_LOOPS);

        List<HttpResponse<String>> innocents = load(100, "/");
        until("twenty were poisoned", () -> poisoned.get() >= 20);
        innocents.addAll(load(100, "/"));
        over.set(true);

        assertThat(innocents).allMatch(answer -> answer.statusCode() == 200);
        assertNobodyIsEjected();
    }

    private void poison(AtomicBoolean over, AtomicInteger poisoned) {
        bed.get("/poison").whenComplete((answer, failure) -> {
            poisoned.incrementAndGet();
            if (!over.get()) {
                poison(over, poisoned);
            }
        });
    }

    private void assertNobodyIsEjected() {
        assertThat(bed.balancer.statistics().replicas())
                .allSatisfy(replica -> assertThat(replica.ejections().values()).containsOnly(0L));
    }

    private ReplicaStatistics statistics(String name) {
        return bed.balancer.statistics().replicas().stream()
                .filter(replica -> replica.replica().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void route(Policy policy, FakeReplica... replicas) {
        var targets = new ArrayList<Target>();
        for (int i = 0; i < replicas.length; i++) {
            targets.add(replicas[i].target("r" + i));
        }
        bed.route(policy, targets);
    }

    private List<HttpResponse<String>> load(int requests, String path) throws InterruptedException {
        var slots = new Semaphore(CONCURRENT);
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < requests; i++) {
            assertThat(slots.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            answers.add(bed.get(path).whenComplete((answer, failure) -> slots.release()));
        }
        var all = new ArrayList<HttpResponse<String>>();
        answers.forEach(answer -> all.add(await(answer)));
        return all;
    }
}
