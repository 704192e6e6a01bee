package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.control.NoticeAuthority;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.testing.TestPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A notice on its way from an instance to a replacement: a watching process, its second port, real replicas.
class NoticesIT {
    @TempDir
    private Path directory;

    private Site site;
    private URI url;

    @BeforeEach
    void declare() throws IOException {
        site = new Site(directory);
        site.declare("old!", 1, "");
        url = URI.create("http://127.0.0.1:" + TestPorts.free() + "/v1/notices");
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
    }

    @Test
    void aPreemptionNoticeDrainsTheReplicaAndBringsAnother() throws Exception {
        Background watch = site.watch("-notices-url=" + url, "-notices-listen=127.0.0.1:" + url.getPort());
        site.awaitAnswer("200 old!");
        Rental first = site.cloud().ledger().rentals().getFirst();
        IdempotencyToken token = first.tags().token();

        assertThat(post(token, "HMAC-SHA256 00")).isEqualTo(401);
        assertThat(post(token, authorization(token))).isEqualTo(204);
        assertThat(post(token, authorization(token))).as("a repetition").isEqualTo(204);

        Background.await(watch::printed, () -> site.everRented() == 2 && site.live() == 1);
        site.awaitAnswer("200 old!");
        assertThat(site.cloud().ledger().live()).extracting(Rental::instanceId).doesNotContain(first.instanceId());
        assertThat(get("/api/status")).as("only notices on the second port").isEqualTo(404);
        assertThat(watch.printed()).contains("preemption notice").doesNotContain(authorization(token));
        assertNothingSecretIsKept(authorization(token).substring("HMAC-SHA256 ".length()));
    }

    private String authorization(IdempotencyToken token) throws IOException {
        String key = Files.readString(directory.resolve("state/notices.key")).strip();
        return new NoticeAuthority(key.getBytes(StandardCharsets.UTF_8), Optional.of(url), Map.of())
                .address("local", token)
                .orElseThrow()
                .authorization();
    }

    private int post(IdempotencyToken token, String authorization) throws Exception {
        String body = "{\"token\":\"" + token + "\",\"kind\":\"PREEMPTION\",\"deadline\":\"2030-01-01T00:00:00Z\","
                + "\"source\":\"aws\",\"observedAt\":\"2029-12-31T23:58:00Z\"}";
        return send(HttpRequest.newBuilder(url)
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private int get(String path) throws Exception {
        return send(HttpRequest.newBuilder(url.resolve(path)).build());
    }

    private static int send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private void assertNothingSecretIsKept(String secret) throws IOException {
        try (var files = Files.walk(directory)) {
            List<Path> holding = files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, secret))
                    .toList();
            assertThat(holding).isEmpty();
        }
    }

    private static boolean holds(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException vanished) {
            return false;
        }
    }
}
