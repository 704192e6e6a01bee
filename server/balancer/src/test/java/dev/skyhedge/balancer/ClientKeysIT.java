package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.keys.ClientKey;
import dev.skyhedge.balancer.keys.KeyLimit;
import dev.skyhedge.balancer.keys.KeyStatistics;
import dev.skyhedge.balancer.keys.Keys;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that bring keys, and some that do not.
class ClientKeysIT {
    private static final String SECRET = "sk-of-team-a";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":22,\"total_tokens\":42}";

    private final TestBed bed =
            new TestBed(BalancerSettings.defaults().with(Keys.of(List.of(key(ClientKey.Limits.NONE)))));

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        assertThat(bed.balancer.statistics().keys()).allMatch(key -> key.inFlight() == 0);
        bed.close();
    }

    private static ClientKey key(ClientKey.Limits limits) {
        return ClientKey.of("team-a", SECRET, limits);
    }

    private void use(ClientKey... keys) {
        bed.balancer.update(settings().with(Keys.of(List.of(keys))));
    }

    private static BalancerSettings settings() {
        return BalancerSettings.defaults();
    }

    private KeyStatistics usage() {
        return bed.balancer.statistics().keys().getFirst();
    }

    private CompletableFuture<HttpResponse<String>> asks(String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(bed.uri("/v1/chat/completions"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return bed.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(String... headers) {
        return await(asks(headers));
    }

    private HttpResponse<String> askWithKey() {
        return ask("Authorization", "Bearer " + SECRET);
    }

    @Test
    void whoBringsNoKeyGetsAnErrorOfOpenAisShapeAndNoReplica() {
        FakeReplica replica = bed.replicaAnswering("in");
        bed.route(replica.target("a"));

        for (String[] headers : List.of(
                new String[] {},
                new String[] {"Authorization", "Bearer guessed"},
                new String[] {"Authorization", "Basic " + SECRET},
                new String[] {"X-Api-Key", SECRET},
                new String[] {"Authorization", "Bearer guessed", "Authorization", "Bearer " + SECRET})) {
            HttpResponse<String> refused = ask(headers);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("\"error\":{").contains("\"code\":\"invalid_api_key\"");
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }

        assertThat(replica.calls).isEmpty();
        assertThat(bed.balancer.statistics().rejected()).containsEntry(Statistics.Rejection.UNAUTHORIZED, 5L);
    }

    @Test
    void nobodyIsHeldWithoutAKeyAlsoBeforeThereIsATable() {
        assertThat(ask().statusCode()).isEqualTo(401);
        assertThat(bed.balancer.statistics().held()).isZero();
    }

    @Test
    void aKeyLetsInAndStaysHere() {
        FakeReplica replica = bed.replicaAnswering("in");
        bed.route(replica.target("a"));

        assertThat(askWithKey().body()).isEqualTo("in");
        assertThat(ask("Authorization", "bearer  " + SECRET).body()).isEqualTo("in");

        assertThat(replica.calls)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.head()).noneMatch(line -> line.contains(SECRET)));
    }

    @Test
    void aReplicaStillGetsItsOwnKey() {
        FakeReplica replica = bed.replicaAnswering("in");
        bed.route(replica.target("a").with(new Target.Credential("Authorization", "Bearer of-the-replica")));

        askWithKey();

        assertThat(replica.calls.getFirst().header("Authorization")).contains("Bearer of-the-replica");
    }

    @Test
    void aKeyThatIsTakenAwayIsNoneFromTheNextRequestOn() {
        bed.route(bed.replicaAnswering("in").target("a"));
        assertThat(askWithKey().statusCode()).isEqualTo(200);

        use(ClientKey.of("team-b", "sk-of-team-b", ClientKey.Limits.NONE));

        assertThat(askWithKey().statusCode()).isEqualTo(401);
        assertThat(ask("Authorization", "Bearer sk-of-team-b").statusCode()).isEqualTo(200);
        use();
        assertThat(ask("Authorization", "Bearer sk-of-team-b").statusCode()).isEqualTo(401);
        use(ClientKey.unread("team-b", ClientKey.Limits.NONE));
        assertThat(ask("Authorization", "Bearer sk-of-team-b").statusCode()).isEqualTo(401);
    }

    @Test
    void whoHasSentTooManyIsToldWhenToComeBackAndNobodyElseIs() {
        bed.route(bed.replicaAnswering("in").target("a"));
        use(
                key(new ClientKey.Limits(OptionalInt.of(2), OptionalInt.empty(), OptionalInt.empty())),
                ClientKey.of("team-b", "sk-of-team-b", ClientKey.Limits.NONE));
        assertThat(askWithKey().statusCode()).isEqualTo(200);
        assertThat(askWithKey().statusCode()).isEqualTo(200);

        HttpResponse<String> refused = askWithKey();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"type\":\"rate_limit_error\"").contains("rate_limit_exceeded");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 30L);
        assertThat(ask("Authorization", "Bearer sk-of-team-b").statusCode()).isEqualTo(200);
        assertThat(usage().refused()).containsEntry(KeyLimit.REQUESTS, 1L);
    }

    @Test
    void requestsAtOnceAreCountedUntilTheirEndWhateverItIs() throws Exception {
        FakeReplica hole = bed.replica(FakeReplica.Call::awaitClose);
        bed.route(hole.target("a"));
        use(key(new ClientKey.Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(1))));
        try (Socket client = bed.connect()) {
            TestBed.send(client, "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + SECRET + "\r\n\r\n");
            until("it runs", () -> usage().inFlight() == 1);

            HttpResponse<String> refused = askWithKey();
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        }

        until("the client is gone", () -> usage().inFlight() == 0);
        bed.route(bed.replicaAnswering("in").target("b"));
        assertThat(askWithKey().statusCode()).isEqualTo(200);
    }

    @Test
    void whatAnAnswerTellsOfTokensIsChargedToItsKey() {
        bed.route(bed.replica(call -> call.write(json("{\"choices\":[]," + USAGE + "}")))
                .target("a"));
        use(key(new ClientKey.Limits(OptionalInt.empty(), OptionalInt.of(30), OptionalInt.empty())));

        assertThat(askWithKey().statusCode()).isEqualTo(200);

        until("it is charged", () -> usage().completionTokens() == 22);
        assertThat(usage().promptTokens()).isEqualTo(20);
        HttpResponse<String> refused = askWithKey();
        assertThat(refused.statusCode()).isEqualTo(429);
        // 12 tokens are owed and one has to be left, at one every two seconds.
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(20L, 26L);
        assertThat(usage().refused()).containsEntry(KeyLimit.TOKENS, 1L);
    }

    @Test
    void whatAStreamTellsAtItsEndIsChargedTooAndPassesUnchanged() {
        String events = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}],\"usage\":null}\n\n"
                + "data: {\"choices\":[]," + USAGE + "}\n\ndata: [DONE]\n\n";
        bed.route(bed.replica(call -> {
                    call.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                            + "Connection: close\r\n\r\n" + events);
                    call.socket().close();
                })
                .target("a"));

        assertThat(askWithKey().body()).isEqualTo(events);

        until("it is charged", () -> usage().completionTokens() == 22);
        assertThat(usage().promptTokens()).isEqualTo(20);
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    @Test
    void nothingThatIsPrintedHoldsAKeyOrItsDigest() {
        String printed =
                settings().with(Keys.of(List.of(key(ClientKey.Limits.NONE)))).toString();

        assertThat(printed).contains("team-a").doesNotContain(SECRET).contains("(digest)");
    }
}
