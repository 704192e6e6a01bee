package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.policy.Policy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionIT {
    private TestBed bed = new TestBed();

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    private void route(Policy policy, int replicas) {
        var targets = new ArrayList<Target>();
        for (int i = 0; i < replicas; i++) {
            targets.add(bed.replicaAnswering("replica " + i).target("r" + i));
        }
        bed.route(policy, targets);
    }

    private String ask(String header, String value) {
        return await(bed.client.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bed.port + "/"))
                                .header(header, value)
                                .build(),
                        HttpResponse.BodyHandlers.ofString()))
                .body();
    }

    private List<String> tenTimes(String header, String value) {
        return Stream.generate(() -> ask(header, value)).limit(10).distinct().toList();
    }

    @Test
    void aSessionStaysAtItsReplicaAndSessionsAreSpread() {
        route(Policy.SESSION, 4);

        var used = new TreeSet<String>();
        for (int session = 0; session < 12; session++) {
            List<String> served = tenTimes("X-Session-Id", "session-" + session);
            assertThat(served).hasSize(1);
            used.addAll(served);
        }
        assertThat(used).hasSizeGreaterThan(1);
    }

    @Test
    void aCookieNamesTheSessionWhereThereIsNoHeader() throws Exception {
        bed.close();
        bed = new TestBed(
                BalancerSettings.defaults().with(new BalancerSettings.Sessions("X-Session-Id", Optional.of("sid"))));
        route(Policy.STRICT_SESSION, 4);

        assertThat(tenTimes("Cookie", "a=b; sid=one")).hasSize(1);
    }
}
