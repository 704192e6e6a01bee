package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that hangs up on some calls, and ends with that if it is to, as one does that nobody has needed for a
/// while.
class HungUpTest {
    @TempDir
    Path directory;

    private final String settings = Json.write(Box.settings());
    private Process process;
    private HttpServer server;
    private volatile Predicate<String> hangsUpOn = _ -> false;
    private volatile boolean ends = true;

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
        hangsUpOn = _ -> true;

        assertThat(new LocalCloud(directory).status()).isEmpty();
    }

    @Test
    void isSilentAndNotWronglySetUpIfItsProcessStays() {
        hangsUpOn = _ -> true;
        ends = false;

        assertThat(Box.tryOpen(directory, Box.settings()))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .isInstanceOfSatisfying(
                                        Failure.OutcomeUnknown.class,
                                        unknown -> assertThat(unknown.message())
                                                .contains("did not answer", "process " + process.pid())));
    }

    @Test
    void isStoppedIfItEndsAsItIsToldTo() throws IOException {
        hangsUpOn = "stop"::equals;

        assertThat(new LocalCloud(directory).stop()).isTrue();
    }

    @Test
    void isFollowedByAnotherThatAnswersWhatMayBeAskedTwice() throws IOException {
        LocalProvider provider = open();
        hangsUpOn = _ -> true;

        assertThat(Box.done(provider.observe(Box.LINEAGE)).instances()).isEmpty();
    }

    @Test
    void mayHaveLaunchedWhatItWasAskedFor() throws IOException {
        LocalProvider provider = open();
        hangsUpOn = _ -> true;

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
            if (!hangsUpOn.test(exchange.getRequestURI().getPath().substring("/v1/".length()))) {
                byte[] answer = status();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } else if (ends) {
                process.destroyForcibly();
                server.stop(0);
            }
        }
    }

    private byte[] status() {
        var status = Wire.object(
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
                settings);
        return Json.write(status).getBytes(StandardCharsets.UTF_8);
    }
}
