package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.skyhedge.balancer.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Replicas behind TLS with a certificate that is known beforehand. Both certificates are self-signed, Ed25519.
class PinnedTlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final TestBed bed = new TestBed();
    private final List<HttpsServer> servers = new ArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
        servers.forEach(server -> server.stop(0));
    }

    private static KeyStore store(String name) throws GeneralSecurityException, IOException {
        try (InputStream in = PinnedTlsIT.class.getResourceAsStream(name + ".p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(Objects.requireNonNull(in), PASSWORD);
            return store;
        }
    }

    private static X509Certificate certificate(String name) throws GeneralSecurityException, IOException {
        KeyStore store = store(name);
        return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    }

    /// A replica with this certificate.
    private Target replica(String replica, String certificate) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(certificate), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, new SecureRandom());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            seen.add(replica + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = ("of " + replica).getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return Target.ready(replica, 1, "127.0.0.1", server.getAddress().getPort())
                .with(new Target.Credential("Authorization", "Bearer key-of-" + replica));
    }

    @Test
    void aReplicaWithItsOwnCertificateIsAsked() throws Exception {
        bed.route(replica("a", "own").with(certificate("own")));

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = await(bed.get("/v1/models"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("of a");
        }
        assertThat(await(bed.post("/v1/completions", new byte[200_000])).body()).isEqualTo("of a");
    }

    @Test
    void oneWithAnotherCertificateGetsNeitherRequestNorKey() throws Exception {
        bed.route(
                replica("a", "other").with(certificate("own")),
                replica("b", "own").with(certificate("own")));

        for (int i = 0; i < 4; i++) {
            assertThat(await(bed.post("/v1/completions", new byte[10])).body()).isEqualTo("of b");
        }
        assertThat(seen).isNotEmpty().containsOnly("b Bearer key-of-b");
    }

    @Test
    void eachReplicaIsHeldToItsOwn() throws Exception {
        bed.route(
                Policy.ROUND_ROBIN,
                List.of(
                        replica("a", "own").with(certificate("own")),
                        replica("b", "other").with(certificate("other"))));

        for (int i = 0; i < 6; i++) {
            assertThat(await(bed.get("/")).statusCode()).isEqualTo(200);
        }
        assertThat(seen).contains("a Bearer key-of-a", "b Bearer key-of-b");
    }

    @Test
    void oneThatDoesNotSpeakTlsGetsNothing() throws Exception {
        FakeReplica plain = bed.own(new FakeReplica(_ -> {}) {
            @Override
            void serve(Socket socket) {
                answerInTheOpen(socket);
            }
        });
        bed.route(
                plain.target("a").with(certificate("own")), replica("b", "own").with(certificate("own")));

        for (int i = 0; i < 4; i++) {
            assertThat(await(bed.post("/", new byte[10])).body()).isEqualTo("of b");
        }
        assertThat(seen).contains("in the open").doesNotContain("a request");
    }

    private void answerInTheOpen(Socket socket) {
        try (socket) {
            int first = socket.getInputStream().read();
            seen.add(first == 'P' ? "a request" : "in the open");
            socket.getOutputStream()
                    .write("HTTP/1.1 400 X\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            seen.add(e.toString());
        }
    }
}
