package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.BalancerSettings;
import dev.skyhedge.specs.EndpointSpec;
import java.time.Duration;
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
                new EndpointSpec.Limits(Duration.ofHours(1), Duration.ofSeconds(9), 8, 5, 6));

        BalancerSettings settings = ServiceEndpoint.settings(endpoint);

        assertThat(settings.hold().requests()).isEqualTo(7);
        assertThat(settings.hold().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.timeouts().streamIdle()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.clients().timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.clients().requests()).isEqualTo(8);
        assertThat(settings.limits().bodyBytes()).isEqualTo(5L << 20);
        assertThat(settings.clients().keptBytes()).isEqualTo(6L << 20);
    }
}
