package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.spi.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Probes of replicas that ask for a key.
class ProbeCredentialsTest {
    private static final Credentials KEY =
            Credentials.of(new Credentials.Header("Authorization", "Bearer key-of-chat-1"));

    private final ProbeClient client = new ProbeClient();
    private HttpServer replica;
    private int asked;

    @BeforeEach
    void start() throws IOException {
        replica = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        replica.createContext("/", exchange -> {
            asked++;
            List<String> keys = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
            exchange.sendResponseHeaders(keys.equals(List.of("Bearer key-of-chat-1")) ? 200 : 401, -1);
            exchange.close();
        });
        replica.start();
    }

    @AfterEach
    void stop() {
        client.close();
        replica.stop(0);
    }

    private ProbeClient.Result probe(Credentials credentials, Map<String, String> headers) throws InterruptedException {
        var endpoint = new Endpoint("127.0.0.1", replica.getAddress().getPort());
        ReadinessSpec usual = ReadinessSpec.DEFAULT;
        var readiness = new ReadinessSpec(
                "/health",
                "GET",
                Optional.empty(),
                new LinkedHashMap<>(headers),
                OptionalInt.empty(),
                false,
                usual.period(),
                Duration.ofSeconds(20),
                usual.initialDelay(),
                usual.failureTimeout(),
                1,
                1);
        return client.probe(endpoint, readiness, credentials);
    }

    @Test
    void aProbeBringsTheKey() throws Exception {
        assertThat(probe(Credentials.NONE, Map.of()).passed()).isFalse();

        assertThat(probe(KEY, Map.of()).passed()).isTrue();
    }

    @Test
    void theKeyTakesThePlaceOfAHeaderOfTheSpec() throws Exception {
        assertThat(probe(KEY, Map.of("authorization", "Bearer of-the-spec")).passed())
                .isTrue();
    }

    @Test
    void aProbeWithoutTheKeyThatItNeedsIsNotMadeAndSaysWhy() throws Exception {
        ProbeClient.Result result = probe(Credentials.missing("secret(\"env:KEY\") has no value"), Map.of());

        assertThat(result.passed()).isFalse();
        assertThat(result.detail()).isEqualTo("GET /health was not asked: secret(\"env:KEY\") has no value");
        assertThat(asked).isZero();
    }
}
