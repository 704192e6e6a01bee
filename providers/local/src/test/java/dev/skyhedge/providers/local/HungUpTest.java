package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.providers.local.wire.Wire;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that answers until it is told to hang up, and ends with that if it is to, as one does that nobody has
/// needed for a while.
class HungUpTest {
    @TempDir
    Path directory;

    private final String settings = Json.write(Box.settings());
    private Process process;
    private HttpServer server;
    private Optional<Boolean> ending = Optional.empty();

    @BeforeEach
    void daemon() throws IOException {
        process = new ProcessBuilder("cat").start();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", this::handle);
        server.start();
        var files = new DaemonFiles(directory);
        files.create();
        files.writeAddress(new DaemonFiles.Address(server.getAddress().getPort(), process.pid(), "secret"));
    }

    @AfterEach
    void end() throws IOException {
        process.destroyForcibly();
        server.stop(0);
        new LocalCloud(directory).stop();
    }

    @Test
    void isNoneIfItsProcessEnds() throws IOException {
        ending = Optional.of(true);

        assertThat(new LocalCloud(directory).status()).isEmpty();
    }

    @Test
    void isSilentIfItsProcessStays() {
        ending = Optional.of(false);

        assertThatThrownBy(() -> new LocalCloud(directory).status()).isInstanceOf(LocalCloud.Silent.class);
    }

    @Test
    void isFollowedByAnotherThatAnswersWhatMayBeAskedTwice() throws IOException {
        LocalProvider provider = open();
        ending = Optional.of(true);

        assertThat(Box.done(provider.observe(Box.LINEAGE)).instances()).isEmpty();
    }

    @Test
    void mayHaveLaunchedWhatItWasAskedFor() throws IOException {
        LocalProvider provider = open();
        ending = Optional.of(true);

        assertThat(provider.launch(Box.request("chat-1", "cat")))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.OutcomeUnknown.class));
        assertThat(new LocalCloud(directory).status()).isEmpty();
    }

    private LocalProvider open() throws IOException {
        var connection = new DaemonConnection(new DaemonFiles(directory), settings);
        connection.ensure();
        return new LocalProvider(connection, Duration.ZERO);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (ending.isEmpty()) {
                byte[] answer = Json.write(Wire.object(
                                "pid",
                                process.pid(),
                                "started_at",
                                "2026-01-01T00:00:00Z",
                                "live",
                                0,
                                "processes",
                                0,
                                "spend_micro_dollars",
                                0L,
                                "settings",
                                settings))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } else if (ending.get()) {
                process.destroyForcibly();
                server.stop(0);
            }
        }
    }
}
