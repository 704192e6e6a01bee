package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.BalancerSettings;
import dev.skyhedge.balancer.continuation.Continuation;
import dev.skyhedge.specs.EndpointSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EndpointLimitsTest {
    @Test
    void anEndpointThatSaysNothingHasTheUsualLimits() {
        var endpoint = new EndpointSpec(
                "127.0.0.1",
                8080,
                EndpointSpec.Policy.LEAST_LOAD,
                BalancerSettings.Hold.REQUESTS,
                BalancerSettings.Hold.TIMEOUT);

        assertThat(ServiceEndpoint.settings(endpoint))
                .isEqualTo(BalancerSettings.defaults().listeningOn("127.0.0.1", 8080));
    }

    @Test
    void whatAnEndpointSaysReachesItsBalancer() {
        var endpoint = new EndpointSpec(
                "127.0.0.1",
                8080,
                EndpointSpec.Policy.LEAST_LOAD,
                7,
                Duration.ofSeconds(3),
                new EndpointSpec.Limits(Duration.ofHours(1), Duration.ofSeconds(9), 8, 5, 6, OptionalInt.of(4)),
                new EndpointSpec.Times(
                        Duration.ofSeconds(2),
                        Optional.of(Duration.ofSeconds(11)),
                        Optional.of(Duration.ofHours(2)),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(13),
                        Duration.ofSeconds(14),
                        Duration.ofSeconds(15)),
                new EndpointSpec.Session("X-Chat", Optional.of("sid")),
                List.of(),
                EndpointSpec.Continuation.RESAMPLE,
                Optional.empty());

        BalancerSettings settings = ServiceEndpoint.settings(endpoint);

        assertThat(settings.hold().requests()).isEqualTo(7);
        assertThat(settings.hold().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.timeouts().streamIdle()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.timeouts().connect()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.timeouts().firstByte()).isEqualTo(Duration.ofSeconds(11));
        assertThat(settings.timeouts().total()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.hold().saturated()).isEqualTo(Duration.ofSeconds(12));
        assertThat(settings.timeouts().header()).isEqualTo(Duration.ofSeconds(13));
        assertThat(settings.timeouts().keepAlive()).isEqualTo(Duration.ofSeconds(14));
        assertThat(settings.timeouts().drain()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.limits().inFlightPerReplica()).isEqualTo(4);
        assertThat(settings.sessions()).isEqualTo(new BalancerSettings.Sessions("X-Chat", Optional.of("sid")));
        assertThat(settings.continuation()).isEqualTo(Continuation.RESAMPLE);
        assertThat(settings.clients().timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.clients().requests()).isEqualTo(8);
        assertThat(settings.limits().bodyBytes()).isEqualTo(5L << 20);
        assertThat(settings.clients().keptBytes()).isEqualTo(6L << 20);
    }
}
