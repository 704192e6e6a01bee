package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.engine.control.LaunchCertificate;
import dev.skyhedge.engine.control.Secrets;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates of endpoints, from the spec to the door.
class TlsOfEndpointsTest extends EndpointFixture {
    private static final LaunchCertificate ONE = LaunchCertificate.of(bytes(1));
    private static final LaunchCertificate OTHER = LaunchCertificate.of(bytes(2));

    private static byte[] bytes(int first) {
        byte[] seed = new byte[32];
        seed[0] = (byte) first;
        return seed;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private String tls() {
        return "tls {\n certificate = \"" + directory.resolve("chat.pem") + "\"\n key = secret(\"file:"
                + directory.resolve("chat.key") + "\")\n }\n";
    }

    private void show(LaunchCertificate certificate) throws IOException {
        write("chat.pem", certificate.certificatePem());
        write("chat.key", certificate.privateKeyPem());
    }

    /// By TLS, trusting anybody.
    private SSLSocket connect() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
        var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", first);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return socket;
    }

    private X509Certificate shown() {
        try (SSLSocket socket = connect()) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(90)
    void aNewCertificateIsTakenInPlaceWhileAStreamRunsOnAndABrokenOneIsNot() throws Exception {
        show(ONE);
        assertThat(balancers.serve(spec("chat", first, tls()))).isEmpty();
        route(routes("chat", false));
        events.add("one");
        try (SSLSocket client = connect()) {
            client.getOutputStream()
                    .write("GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var stream = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(stream.lines().filter("one"::equals).findFirst()).isPresent();

            show(OTHER);
            await(() -> "the other certificate", () -> shown().equals(OTHER.certificate()));

            write("chat.pem", ONE.certificatePem());
            await(() -> "told of it: " + told, () -> told.stream().anyMatch(text -> text.contains("another cert")));
            assertThat(shown()).isEqualTo(OTHER.certificate());

            events.add("two");
            assertThat(stream.lines().filter("two"::equals).findFirst()).isPresent();
            events.add("");
        }
        assertThat(told).noneMatch(text -> text.contains("PRIVATE KEY"));
    }

    @Test
    @Timeout(60)
    void anEndpointThatServesInTheOpenComesByTlsAtTheSameAddressAndBack() throws Exception {
        show(ONE);
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        assertThat(ask(first, "/").get()).isEqualTo("here");

        assertThat(balancers.serve(spec("chat", first, tls()))).isEmpty();
        assertThat(shown()).isEqualTo(ONE.certificate());

        assertThat(balancers.serve(spec("chat", first, ""))).isEmpty();
        client.close();
        try (var fresh = java.net.http.HttpClient.newHttpClient()) {
            var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + first + "/"));
            assertThat(fresh.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("here");
        }
    }

    @Test
    @Timeout(60)
    void clientsAreAskedForACertificateOnceThereIsAnAuthority() throws Exception {
        show(ONE);
        String asking = tls().replace("}", " client_ca = \"" + directory.resolve("clients.pem") + "\"\n }");
        write("clients.pem", OTHER.certificatePem());
        assertThat(balancers.serve(spec("chat", first, tls()))).isEmpty();
        route(routes("chat", false));
        assertThat(status()).isEqualTo("HTTP/1.1 200 OK");

        assertThat(balancers.serve(spec("chat", first, asking))).isEmpty();

        assertThatThrownBy(this::status).isInstanceOf(IOException.class);
        write("clients.pem", "nothing");
        assertThat(balancers.serve(spec("chat", second, asking)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.detail()).contains("clients.pem of client_ca has no certificates"));
    }

    private String status() throws Exception {
        try (SSLSocket client = connect()) {
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String line = answer.readLine();
            if (line == null) {
                throw new EOFException();
            }
            return line;
        }
    }

    @Test
    void aSpecWhoseCertificateCannotBeUsedChangesNothing() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));

        List<Diagnostic> problems = balancers.serve(spec("chat", second, tls()));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.summary()).isEqualTo("Certificate cannot be read");
            assertThat(problem.detail()).contains("chat.pem").contains("NoSuchFile");
        });
        assertThat(ask(first, "/").get()).isEqualTo("here");
        assertThat(refuses(second)).isTrue();
    }

    private TlsFiles.Read read(Instant now) {
        return TlsFiles.read(
                new EndpointSpec.Tls(
                        directory.resolve("chat.pem").toString(),
                        new EnvValue.SecretReference("file:" + directory.resolve("chat.key")),
                        Optional.empty()),
                new Secrets(Map.of()),
                now);
    }

    @Test
    void aKeyOfAnotherCertificateIsToldFromOne() throws Exception {
        write("chat.pem", ONE.certificatePem());
        write("chat.key", OTHER.privateKeyPem());

        assertThat(read(Instant.now()).problem().orElseThrow().text()).startsWith("Key of another certificate");
        assertThat(read(Instant.now()).tls()).isEmpty();
    }

    @Test
    void whatIsNoCertificateOrNoKeyIsToldWithWhatToDo() throws Exception {
        write("chat.pem", "nothing");
        assertThat(read(Instant.now()).problem().orElseThrow().text()).contains("-----BEGIN CERTIFICATE-----");

        write("chat.pem", ONE.certificatePem());
        write("chat.key", "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n");
        assertThat(read(Instant.now()).problem().orElseThrow().text())
                .contains("openssl pkcs8 -topk8")
                .doesNotContain("c2VjcmV0");

        write("chat.key", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        assertThat(read(Instant.now()).problem().orElseThrow().text())
                .contains("no private key of RSA, EC or Ed25519")
                .doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keysOfAllKindsAreReadAndEndsAreToldBeforehand(String algorithm) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-alias",
                        "a",
                        "-dname",
                        "CN=a",
                        "-keyalg",
                        algorithm,
                        "-validity",
                        "30")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        write("chat.pem", pem("CERTIFICATE", keys.getCertificate("a").getEncoded()));
        write(
                "chat.key",
                pem("PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded()));

        Instant now = Instant.now();
        assertThat(read(now).problem()).isEmpty();
        assertThat(read(now).tls().orElseThrow().toString()).isEqualTo("ServerTls[CN=a]");
        assertThat(summary(now.plus(20, ChronoUnit.DAYS))).isEqualTo("Certificate expires soon");
        assertThat(summary(now.plus(31, ChronoUnit.DAYS))).isEqualTo("Certificate has expired");
        assertThat(summary(now.minus(1, ChronoUnit.DAYS))).isEqualTo("Certificate is not valid yet");
        assertThat(read(now.plus(31, ChronoUnit.DAYS)).tls()).isPresent();
    }

    private String summary(Instant now) {
        return read(now).problem().orElseThrow().summary();
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END " + what + "-----\n";
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // nobody is a client here
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // the test looks at it
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
