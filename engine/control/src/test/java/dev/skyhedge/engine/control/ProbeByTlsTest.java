package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Entrance;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Probes of a replica that stands behind what its launch was given: real TLS with the certificate that was made.
class ProbeByTlsTest {
    private static final AccessSpec TLS =
            new AccessSpec(Optional.empty(), Optional.empty(), AccessSpec.DEFAULT_HEADER, true, false);
    private static final ReadinessSpec PATIENT = new ReadinessSpec(
            "/",
            "GET",
            Optional.empty(),
            new LinkedHashMap<>(),
            OptionalInt.empty(),
            false,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            1,
            1);
    private static final IdempotencyToken OWN = new IdempotencyToken("sown");
    private static final IdempotencyToken OTHER = new IdempotencyToken("sother");
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ReplicaKeys keys =
            ReplicaKeys.of("one long secret of ours".getBytes(StandardCharsets.UTF_8), Map.of());
    private final ProbeClient client = new ProbeClient();
    private final List<HttpsServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        client.close();
        servers.forEach(server -> server.stop(0));
    }

    private Entrance entrance(IdempotencyToken token) {
        var bare = new Workload(Optional.of("model"), List.of(), 8000, new LinkedHashMap<>());
        return ((Outcome.Done<Workload>) keys.into(bare, TLS, token))
                .value()
                .entrance()
                .orElseThrow();
    }

    /// What a proxy with this does.
    private Endpoint behind(Entrance entrance, String host) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(entrance)));
        server.createContext("/", exchange -> {
            boolean in = entrance.value().equals(exchange.getRequestHeaders().getFirst(entrance.header()));
            exchange.sendResponseHeaders(in ? 200 : 401, -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return new Endpoint(host, server.getAddress().getPort());
    }

    private static SSLContext context(Entrance entrance) throws Exception {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(entrance.certificate().getBytes(StandardCharsets.US_ASCII)));
        String encoded = entrance.privateKey().replaceAll("-----.*-----|\n", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry(
                "replica",
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded))),
                PASSWORD,
                new Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, new SecureRandom());
        return context;
    }

    private ProbeClient.Result probe(Endpoint endpoint, IdempotencyToken launch) throws InterruptedException {
        return client.probe(endpoint, PATIENT, keys.credentials(TLS, launch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aReplicaWithTheCertificateOfItsLaunchIsFoundReady(String host) throws Exception {
        ProbeClient.Result result = probe(behind(entrance(OWN), host), OWN);

        assertThat(result.passed()).as(result.detail()).isTrue();
    }

    @Test
    void oneWithTheCertificateOfAnotherLaunchIsNot() throws Exception {
        ProbeClient.Result result = probe(behind(entrance(OTHER), "127.0.0.1"), OWN);

        assertThat(result.passed()).isFalse();
        assertThat(result.detail()).contains("another certificate than that of the launch");
    }

    @Test
    void anAddressThatAnotherLaunchGetsIsHeldToTheNewCertificate() throws Exception {
        Endpoint endpoint = behind(entrance(OWN), "127.0.0.1");
        assertThat(probe(endpoint, OWN).passed()).isTrue();
        servers.getFirst().stop(0);

        HttpsServer next = HttpsServer.create(new InetSocketAddress("127.0.0.1", endpoint.port()), 0);
        next.setHttpsConfigurator(new HttpsConfigurator(context(entrance(OTHER))));
        next.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        next.start();
        servers.add(next);

        assertThat(probe(endpoint, OWN).passed()).isFalse();
        assertThat(probe(endpoint, OTHER).passed()).isTrue();
    }
}
