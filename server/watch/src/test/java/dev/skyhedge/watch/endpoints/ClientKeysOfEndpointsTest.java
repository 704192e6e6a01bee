package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.reconcile.Message;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Keys of clients, from the spec to the door.
class ClientKeysOfEndpointsTest extends EndpointFixture {
    /// The status of an answer to a client with this key.
    private int status(int port, String key) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .timeout(PATIENCE)
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String key(String name, Path file) {
        return "key \"" + name + "\" {\n secret = secret(\"file:" + file + "\")\n }\n";
    }

    @Test
    @Timeout(60)
    void keysOfClientsAreTakenInPlaceWhileAStreamRunsOn() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "of-team-a\n");
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        events.add("one");
        try (BufferedReader stream = openStream(first)) {
            assertThat(stream.readLine()).isEqualTo("one");

            assertThat(balancers.serve(spec("chat", first, key("team-a", file))))
                    .isEmpty();
            assertThat(status(first, "guessed")).isEqualTo(401);
            assertThat(status(first, "of-team-a")).isEqualTo(200);

            Files.writeString(file, "of-team-a-from-now-on");
            await(() -> "the key that is in the file now", () -> keyIs("of-team-a-from-now-on"));
            assertThat(status(first, "of-team-a")).isEqualTo(401);

            events.add("two");
            assertThat(stream.readLine()).isEqualTo("two");
            events.add("");
        }
    }

    private boolean keyIs(String key) {
        try {
            return status(first, key) == 200;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(60)
    void aKeyThatCannotBeReadLetsNobodyInAndIsTold() throws Exception {
        Path file = directory.resolve("key");
        balancers.serve(spec("chat", first, key("team-a", file)));
        route(routes("chat", false));

        assertThat(status(first, "")).isEqualTo(401);
        await(
                () -> "it is told: " + told,
                () -> told.stream()
                        .anyMatch(text -> text.startsWith("Endpoint of service.chat: nobody gets in by key \"team-a\"")
                                && text.contains("cannot be read")));
        Files.writeString(file, "of-team-a");
        await(() -> "it can be read", () -> keyIs("of-team-a"));
    }

    @Test
    @Timeout(60)
    void whoGetsInByNoKeyIsNoReasonForMoreReplicas() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "of-team-a");
        balancers.serve(spec("chat", first, key("team-a", file) + "\n"));
        route(routes("chat", false));
        await(() -> "a rate", () -> lastRate().isPresent());

        for (int i = 0; i < 20; i++) {
            assertThat(status(first, "guessed")).isEqualTo(401);
        }
        messages.clear();
        await(() -> "a rate after that", () -> lastRate().isPresent());

        assertThat(lastRate()).hasValue(0);
        assertThat(status(first, "of-team-a")).isEqualTo(200);
        await(() -> "a rate of what gets in", () -> lastRate().orElse(0) > 0);
    }

    private OptionalDouble lastRate() {
        return messages.stream()
                .filter(Message.SignalsRead.class::isInstance)
                .map(message -> ((Message.SignalsRead) message).requestsPerSecond())
                .reduce(OptionalDouble.empty(), (_, newer) -> newer);
    }

    @Test
    void usageIsExportedByKey() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "of-team-a");
        balancers.serve(spec("chat", first, key("team-a", file)));
        route(routes("chat", false));
        assertThat(status(first, "of-team-a")).isEqualTo(200);

        assertThat(balancers.metrics().stream()
                        .filter(metric -> metric.getMetadata().getName().equals("skyhedge_key_requests"))
                        .flatMap(metric -> metric.getDataPoints().stream())
                        .map(point -> point.getLabels().toString()))
                .singleElement()
                .asString()
                .contains("service=\"chat\"")
                .contains("key=\"team-a\"");
    }
}
