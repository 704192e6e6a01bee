package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.FakeReplica.Call;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Replicas that ask for a key.
class CredentialIT {
    private final TestBed bed = new TestBed();

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    /// Refuses whoever does not bring this in that header, exactly once.
    private FakeReplica asking(String header, String value) {
        return bed.replica(call -> {
            boolean known = call.header(header).equals(Optional.of(value)) && times(call, header) == 1;
            call.reply(known ? 200 : 401, known ? "in" : "out");
        });
    }

    private static long times(Call call, String header) {
        return call.head().stream()
                .filter(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
                .count();
    }

    private HttpResponse<String> ask(String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(bed.uri("/v1/models"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return await(bed.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void aReplicaIsAskedWithItsKey() {
        FakeReplica replica = asking("Authorization", "Bearer key-of-a");
        bed.route(replica.target("a"));
        assertThat(ask().statusCode()).isEqualTo(401);

        bed.route(replica.target("a").with(new Target.Credential("Authorization", "Bearer key-of-a")));

        assertThat(ask().body()).isEqualTo("in");
    }

    @Test
    void theKeyTakesThePlaceOfWhatTheClientSent() {
        FakeReplica replica = asking("Authorization", "Bearer key-of-a");
        bed.route(replica.target("a").with(new Target.Credential("Authorization", "Bearer key-of-a")));

        assertThat(ask("authorization", "Bearer of-the-client", "Authorization", "Basic more")
                        .body())
                .isEqualTo("in");
        assertThat(replica.calls.getFirst().head()).noneMatch(line -> line.contains("of-the-client"));
    }

    @Test
    void inAnotherHeaderItLeavesTheClientsAuthorizationAlone() {
        FakeReplica replica = asking("X-Api-Key", "key-of-a");
        bed.route(replica.target("a").with(new Target.Credential("X-Api-Key", "key-of-a")));

        assertThat(ask("Authorization", "Bearer of-the-client", "x-api-key", "guessed")
                        .body())
                .isEqualTo("in");
        assertThat(replica.calls.getFirst().header("Authorization")).contains("Bearer of-the-client");
    }

    @Test
    void eachReplicaGetsItsOwnKeyAlsoWhenARequestGoesOnToAnother() {
        FakeReplica broken = bed.replica(call -> call.reply(503, "out"));
        FakeReplica other = asking("Authorization", "Bearer key-of-b");
        bed.route(
                broken.target("a").with(new Target.Credential("Authorization", "Bearer key-of-a")),
                other.target("b").with(new Target.Credential("Authorization", "Bearer key-of-b")));

        for (int i = 0; i < 4; i++) {
            assertThat(ask().body()).isEqualTo("in");
        }
        assertThat(broken.calls)
                .isNotEmpty()
                .allMatch(call -> call.header("Authorization").equals(Optional.of("Bearer key-of-a")));
    }

    @Test
    void isHiddenWhereATargetIsPrinted() {
        Target target = Target.ready("a", 1, "127.0.0.1", 8000).with(new Target.Credential("X-Api-Key", "key-of-a"));

        assertThat(target.toString()).contains("X-Api-Key").doesNotContain("key-of-a");
    }
}
