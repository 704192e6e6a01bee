package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// A policy that goes by prompts, from the spec to the metrics.
class PromptsOfEndpointsTest extends EndpointFixture {
    private static final String CHAT =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "again ".repeat(200) + "\"}]}";

    private void chat() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + first + "/v1/chat/completions"))
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(CHAT))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("here");
    }

    private double counted(String name) {
        return balancers.metrics().stream()
                .filter(CounterSnapshot.class::isInstance)
                .map(CounterSnapshot.class::cast)
                .filter(counter -> counter.getMetadata().getName().equals("skyhedge_" + name))
                .flatMap(counter -> counter.getDataPoints().stream())
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    @Test
    void promptsAreReadFromTheMomentThatTheSpecSaysSo() throws Exception {
        balancers.serve(spec("chat", first, "policy = \"least_load\""));
        route(routes("chat", false));
        chat();
        assertThat(counted("prefix_blocks")).isZero();

        assertThat(balancers.serve(spec("chat", first, "policy = \"prefix_affinity\"")))
                .isEmpty();
        chat();
        assertThat(counted("prefix_blocks")).isEqualTo(4);
        assertThat(counted("prefix_hit_blocks")).isZero();
        chat();
        assertThat(counted("prefix_hit_blocks")).isEqualTo(4);
    }

    @Test
    void aReplicaThatDrainsIsForgotten() throws Exception {
        balancers.serve(spec("chat", first, "policy = \"prefix_affinity\""));
        route(routes("chat", false));
        chat();
        route(routes("chat", true));
        route(routes("chat", false));
        chat();

        assertThat(counted("prefix_blocks")).isEqualTo(8);
        assertThat(counted("prefix_hit_blocks")).isZero();
    }
}
