package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.RequestSizes.Fit;
import dev.skyhedge.balancer.RequestSizes.Size;
import dev.skyhedge.balancer.policy.Policy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests of different sizes on real sockets, and the replicas that get them.
@Timeout(60)
class RequestSizesIT {
    private static final List<Integer> INPUTS = List.of(100, 8000);
    private static final List<Integer> OUTPUTS = List.of(10, 1000);
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String SHORT = "{\"input\":\"" + "a".repeat(100) + "\"}";
    private static final String LONG = "{\"input\":\"" + "a".repeat(4000) + "\"}";

    private final TestBed bed = new TestBed();
    private final CountDownLatch held = new CountDownLatch(1);
    private long version;

    @AfterEach
    void stop() throws Exception {
        held.countDown();
        bed.assertAtRest();
        assertThat(bed.balancer.keptBytes()).isZero();
        bed.close();
    }

    private FakeReplica replica(String name) {
        return bed.replica(call -> {
            if (call.header("X-Hold").isPresent()) {
                held.await();
            }
            call.reply(200, name);
        });
    }

    private static Target target(String name, FakeReplica replica) {
        return Target.ready(name, 1, "127.0.0.1", replica.port());
    }

    /// Alike for all outputs.
    private static Fit fit(double shortRate, double longRate, double shortWeight, double longWeight) {
        return new Fit(
                List.of(shortRate, shortRate, longRate, longRate),
                List.of(shortWeight, shortWeight, longWeight, longWeight));
    }

    private void route(Policy policy, List<Target> targets, List<Fit> fits) {
        bed.balancer.route(new RoutingTable(
                ++version,
                "chat",
                policy,
                targets,
                Optional.empty(),
                Optional.of(new RequestSizes(INPUTS, OUTPUTS, List.of(5.0, 5.0), fits))));
    }

    private String ask(String body) throws Exception {
        HttpResponse<String> answer = await(bed.post(EMBEDDINGS, body.getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private int inFlight(String replica) {
        return bed.balancer.statistics().replicas().stream()
                .filter(one -> one.replica().equals(replica))
                .mapToInt(Statistics.ReplicaStatistics::inFlight)
                .sum();
    }

    /// Requests are counted when they have ended, which clients may see a moment before.
    private void counts(Map<Size, Long> expected) {
        until(
                "it has counted " + expected,
                () -> bed.balancer.statistics().sizes().equals(expected));
    }

    private FakeReplica answering(String type, String body) {
        return bed.replica(call -> call.write("HTTP/1.1 200 X\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body));
    }

    @Test
    void eachSizeGoesToTheReplicasThatHaveAShareOfIt() throws Exception {
        route(
                Policy.TOKEN_WEIGHTED,
                List.of(target("small", replica("small")), target("large", replica("large"))),
                List.of(fit(10, 1, 1, 0), fit(20, 5, 0, 1)));

        for (int i = 0; i < 20; i++) {
            assertThat(ask(SHORT)).isEqualTo("small");
            assertThat(ask(LONG)).isEqualTo("large");
        }
    }

    @Test
    void anotherThatServesTheSizeStandsInForOneThatCannotBeReached() throws Exception {
        FakeReplica small = replica("small");
        route(
                Policy.TOKEN_WEIGHTED,
                List.of(target("small", small), target("large", replica("large"))),
                List.of(fit(10, 0, 1, 0), fit(20, 5, 0, 1)));
        small.close();

        assertThat(ask(SHORT)).isEqualTo("large");
        assertThat(ask(SHORT)).isEqualTo("large");
    }

    @Test
    void aSizeThatNobodyIsKnownToServeGoesToWhoeverIsReady() throws Exception {
        route(Policy.TOKEN_WEIGHTED, List.of(target("small", replica("small"))), List.of(fit(10, 0, 1, 0)));

        assertThat(ask(LONG)).isEqualTo("small");
    }

    @Test
    void whatIsTooLongToBeReadIsOfTheLargestSize() throws Exception {
        route(
                Policy.TOKEN_WEIGHTED,
                List.of(target("small", replica("small")), target("large", replica("large"))),
                List.of(fit(10, 1, 1, 0), fit(20, 5, 0, 1)));

        assertThat(ask("{\"input\":\"" + "a".repeat(1024 * 1024) + "\"}")).isEqualTo("large");
        counts(Map.of(new Size(8000, 10), 1L));
    }

    @Test
    void ofTwoThatShareASizeTheOneWithLessWorkIsTaken() throws Exception {
        FakeReplica slow = replica("slow");
        FakeReplica fast = replica("fast");
        route(
                Policy.TOKEN_WEIGHTED,
                List.of(target("slow", slow), target("fast", fast)),
                List.of(fit(1, 1, 1, 1), fit(10, 10, 1, 1)));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            HttpRequest waits = HttpRequest.newBuilder(bed.uri(EMBEDDINGS))
                    .header("X-Hold", "yes")
                    .POST(HttpRequest.BodyPublishers.ofString(SHORT))
                    .build();
            answers.add(bed.client.sendAsync(waits, HttpResponse.BodyHandlers.ofString()));
            int sent = i + 1;
            until("request " + sent + " is at a replica", () -> inFlight("slow") + inFlight("fast") == sent);
        }

        // Ten of a tenth of a second each are done as soon as one of a second: nine at the least.
        assertThat(inFlight("fast")).isGreaterThanOrEqualTo(9);
        held.countDown();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            await(answer);
        }
    }

    @Test
    void melangeDrawsByWhatEachSustains() throws Exception {
        FakeReplica small = replica("small");
        route(
                Policy.MELANGE,
                List.of(target("small", small), target("large", replica("large"))),
                List.of(fit(1, 0, 0, 0), fit(3, 1, 0, 0)));

        int toSmall = 0;
        for (int i = 0; i < 200; i++) {
            toSmall += ask(SHORT).equals("small") ? 1 : 0;
            assertThat(i > 20 || ask(LONG).equals("large")).isTrue();
        }
        assertThat(toSmall).isBetween(25, 75);
    }

    @Test
    void requestsAreCountedBySizeAtTheirEndWhateverThePolicy() throws Exception {
        FakeReplica told = answering("application/json", "{\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":400}}");
        route(Policy.LEAST_LOAD, List.of(target("told", told)), List.of(fit(10, 10, 1, 1)));

        ask(SHORT);
        ask(LONG);
        ask("{\"prompt\":[1,2,3]}");
        await(bed.get("/health"));
        ask("{\"unknown\":true}");

        counts(Map.of(new Size(100, 1000), 2L, new Size(8000, 1000), 1L));
    }

    @Test
    void tokensOfAStreamAreItsEventsAndAnEmbeddingHasOne() throws Exception {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            events.append("data: {\"choices\":[{\"delta\":{\"content\":\"data:\"}}]}\n\n");
        }
        FakeReplica stream = answering("text/event-stream", events + "data: [DONE]\n\n");
        route(Policy.TOKEN_WEIGHTED, List.of(target("a", stream)), List.of(fit(10, 10, 1, 1)));
        ask("{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":true}");

        counts(Map.of(new Size(100, 1000), 1L));

        FakeReplica vectors = answering("application/json", "{\"data\":[],\"usage\":{\"prompt_tokens\":7}}");
        route(Policy.TOKEN_WEIGHTED, List.of(target("b", vectors)), List.of(fit(10, 10, 1, 1)));
        ask(SHORT);

        counts(Map.of(new Size(100, 1000), 1L, new Size(100, 10), 1L));
    }
}
