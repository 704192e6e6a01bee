package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.continuation.Continuation;
import dev.skyhedge.balancer.policy.Policy;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Prompts on real sockets, and the replicas that get them.
@Timeout(60)
class PrefixAffinityIT {
    private static final String PATH = "/v1/chat/completions";
    private static final int SYSTEM_BYTES = 4_000;

    private TestBed bed = new TestBed();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void stop() throws Exception {
        held.countDown();
        bed.assertAtRest();
        assertThat(bed.balancer.keptBytes()).isZero();
        bed.close();
    }

    private void settings(BalancerSettings settings) throws Exception {
        bed.close();
        bed = new TestBed(settings);
    }

    /// Replicas that answer their names; requests that say so wait until [#held] opens.
    private List<FakeReplica> replicas(int count) {
        List<FakeReplica> replicas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "r" + i;
            replicas.add(bed.replica(call -> {
                if (call.header("X-Hold").isPresent()) {
                    held.await();
                }
                call.reply(200, name);
            }));
        }
        return replicas;
    }

    private static List<Target> targets(List<FakeReplica> replicas) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            targets.add(replicas.get(i).target("r" + i));
        }
        return targets;
    }

    private void route(List<Target> targets) {
        bed.route(Policy.PREFIX_AFFINITY, targets);
    }

    /// A conversation after so many turns; each begins with what came before.
    private static String chat(int conversation, int turns) {
        var body = new StringBuilder("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"")
                .append(("You are number " + conversation + ". ").repeat(SYSTEM_BYTES / 20))
                .append("\"}");
        for (int turn = 0; turn < turns; turn++) {
            body.append(",{\"role\":\"user\",\"content\":\"")
                    .append(("And then " + turn + "? ").repeat(40))
                    .append("\"}");
        }
        return body.append("]}").toString();
    }

    private CompletableFuture<HttpResponse<String>> send(String body, String... headers) {
        var request = HttpRequest.newBuilder(bed.uri(PATH))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return bed.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String ask(String body) {
        HttpResponse<String> answer = await(send(body));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private Statistics.Prefixes prefixes() {
        return bed.balancer.statistics().prefixes();
    }

    @Test
    void aConversationStaysWhereItsBlocksAreAndConversationsAreSpread() {
        List<FakeReplica> replicas = replicas(2);
        route(targets(replicas));
        List<CompletableFuture<HttpResponse<String>>> firstTurns = new ArrayList<>();
        for (int conversation = 0; conversation < 12; conversation++) {
            firstTurns.add(send(chat(conversation, 1), "X-Hold", "yes"));
        }
        until(
                "all have begun",
                () -> replicas.stream().mapToInt(one -> one.calls.size()).sum() == 12);
        held.countDown();
        List<String> homes =
                firstTurns.stream().map(answer -> await(answer).body()).toList();

        for (int turns = 2; turns <= 4; turns++) {
            for (int conversation = 0; conversation < 12; conversation++) {
                assertThat(ask(chat(conversation, turns))).isEqualTo(homes.get(conversation));
            }
        }
        assertThat(homes).contains("r0", "r1");
        assertThat((double) prefixes().hits() / prefixes().blocks()).isBetween(0.6, 0.75);
    }

    @Test
    void theFirstTurnOfAllThatShareASystemPromptIsFoundToo() {
        route(targets(replicas(4)));

        String first = ask(chat(1, 1));
        assertThat(ask(chat(1, 3))).isEqualTo(first);
        assertThat(ask(chat(1, 2).replace("And then 1", "Or else 1"))).isEqualTo(first);
    }

    @Test
    void aReplicaThatHasMuchMoreThanItsShareIsPassedBy() {
        List<FakeReplica> replicas = replicas(2);
        route(targets(replicas));
        String prompt = chat(1, 1);
        int home = ask(prompt).equals("r0") ? 0 : 1;
        int warm = replicas.get(home).calls.size();

        for (int i = 1; i <= 6; i++) {
            int sent = i;
            var unused = send(prompt, "X-Hold", "yes");
            until(
                    "it was placed",
                    () -> replicas.get(0).calls.size() + replicas.get(1).calls.size() == warm + sent);
            if (sent <= 3) {
                assertThat(replicas.get(home).calls).hasSize(warm + sent);
            }
        }

        assertThat(replicas.get(1 - home).calls.size()).isBetween(1, 3);
        held.countDown();
    }

    @Test
    void aRequestWithoutAReadableBodyGoesByLoad() throws Exception {
        route(targets(replicas(2)));
        String prompt = chat(1, 1);
        var chunked = HttpRequest.newBuilder(bed.uri(PATH))
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(prompt)))
                .build();

        assertThat(await(bed.get("/v1/models")).statusCode()).isEqualTo(200);
        assertThat(await(send("")).statusCode()).isEqualTo(200);
        assertThat(await(send("no JSON".repeat(100))).statusCode()).isEqualTo(200);
        assertThat(await(send(prompt.substring(9))).statusCode()).isEqualTo(200);
        assertThat(await(send("{\"model\":\"m\",\"input\":\"an embedding\"}")).statusCode())
                .isEqualTo(200);
        assertThat(await(send(prompt, "Content-Encoding", "gzip")).statusCode()).isEqualTo(200);
        assertThat(await(bed.client.sendAsync(chunked, HttpResponse.BodyHandlers.ofString()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(prefixes().blocks()).isZero();
    }

    @Test
    void whatWasReadReachesTheReplicaByteForByte() {
        List<FakeReplica> replicas = replicas(1);
        route(targets(replicas));
        String body = " " + chat(7, 300).replace("And", "\\u0041nd") + "\r\n";

        ask(body);

        assertThat(replicas.getFirst().calls.getFirst().body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(replicas.getFirst().calls.getFirst().header("Content-Length"))
                .contains(Integer.toString(body.length()));
    }

    @Test
    void aConversationWhoseReplicaIsGoneMovesAndStaysThere() {
        List<FakeReplica> replicas = replicas(3);
        route(targets(replicas));
        String home = ask(chat(1, 1));
        replicas.get(Integer.parseInt(home.substring(1))).kill();

        String next = ask(chat(1, 2));

        assertThat(next).isNotEqualTo(home);
        assertThat(ask(chat(1, 3))).isEqualTo(next);
        assertThat(ask(chat(1, 4))).isEqualTo(next);
    }

    @Test
    void aReplicaThatRefusesCostsNothingButItsCache() {
        FakeReplica full = bed.replica(call -> call.reply(429, "full"));
        FakeReplica other = bed.replicaAnswering("other");
        route(List.of(full.target("full"), other.target("other")));

        for (int turns = 1; turns <= 8; turns++) {
            assertThat(ask(chat(1, turns))).isEqualTo("other");
        }
        assertThat(full.calls.size()).isLessThan(8);
    }

    @Test
    void whoLeavesTheTableIsForgotten() {
        List<FakeReplica> replicas = replicas(1);
        Target target = targets(replicas).getFirst();
        route(List.of(target));
        ask(chat(1, 1));
        ask(chat(1, 1));
        long hits = prefixes().hits();
        assertThat(hits).isPositive();

        route(List.of(target.draining(Optional.empty())));
        route(List.of(target));
        ask(chat(1, 1));

        assertThat(prefixes().hits()).isEqualTo(hits);
    }

    @Test
    void anotherPolicyForgetsEverythingAndReadsNothing() {
        List<Target> targets = targets(replicas(1));
        route(targets);
        ask(chat(1, 1));
        long blocks = prefixes().blocks();
        assertThat(blocks).isPositive();

        bed.route(Policy.LEAST_LOAD, targets);
        ask(chat(1, 1));
        assertThat(prefixes().blocks()).isEqualTo(blocks);

        route(targets);
        ask(chat(1, 1));
        assertThat(prefixes().hits()).isZero();
    }

    @Test
    void aLongBodyIsPassedOnWhileItComes() throws Exception {
        List<FakeReplica> replicas = replicas(1);
        route(targets(replicas));
        String body = chat(1, 4_000);
        assertThat(body.length()).isGreaterThan(BalancerSettings.Limits.REPLAY_BODY_BYTES);

        try (Socket client = bed.connect()) {
            TestBed.send(
                    client, "POST " + PATH + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n");
            TestBed.send(client, body.substring(0, 10_000));
            until("the replica is asked", () -> replicas.getFirst().accepted.get() == 1);
            assertThat(bed.balancer.keptBytes()).isLessThan(100_000);
            TestBed.send(client, body.substring(10_000));

            assertThat(FakeReplica.head(client.getInputStream()).getFirst()).contains("200");
        }
        assertThat(replicas.getFirst().calls.getFirst().body()).hasSize(body.length());
        assertThat(prefixes().blocks()).isZero();
    }

    @Test
    void whereNoMemoryIsLeftItIsNotReadAheadAndServed() throws Exception {
        BalancerSettings usual = BalancerSettings.defaults();
        settings(usual.with(new BalancerSettings.Clients(
                usual.clients().requests(),
                1_000,
                usual.clients().timeout(),
                usual.clients().selfCheck())));
        route(targets(replicas(2)));

        ask(chat(1, 1));
        ask(chat(1, 1));

        assertThat(prefixes().blocks()).isZero();
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsPromptTakesNothingWithIt() throws Exception {
        List<FakeReplica> replicas = replicas(1);
        route(targets(replicas));
        try (Socket client = bed.connect()) {
            TestBed.send(client, "POST " + PATH + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n{\"model\":");
            until("it is read", () -> bed.balancer.keptBytes() > 0);
        }
        until("it is given up", () -> bed.balancer.statistics().inFlight() == 0);

        assertThat(replicas.getFirst().calls).isEmpty();
    }

    @Test
    void streamsThatGoOnElsewhereAreReadOnceForBoth() throws Exception {
        settings(BalancerSettings.defaults().with(Continuation.EXACT));
        route(targets(replicas(3)));

        String first = ask(chat(1, 1).replaceFirst("\\{", "{\"stream\":true,"));
        assertThat(ask(chat(1, 2).replaceFirst("\\{", "{\"stream\":true,"))).isEqualTo(first);
        assertThat(ask(chat(1, 3).replaceFirst("\\{", "{\"stream\":true,"))).isEqualTo(first);
        assertThat(prefixes().hits()).isPositive();
    }
}
