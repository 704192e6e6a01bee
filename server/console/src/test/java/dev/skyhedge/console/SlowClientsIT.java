package dev.skyhedge.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skyhedge.engine.control.NoticeAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that hold connections and threads for as long as they are let.
class SlowClientsIT {
    /// More than the console has threads.
    private static final int MANY = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch stateMayAnswer = new CountDownLatch(1);
    private final Console console = new Console(
            ConsoleSettings.loopback(0),
            new ConsoleSources(
                    () -> Readiness.READY,
                    List::of,
                    () -> {
                        awaitState();
                        return JsonNodeFactory.instance.objectNode();
                    },
                    _ -> List.of(),
                    () -> {},
                    Optional.of(
                            new NoticeDesk(new NoticeAuthority(new byte[32], Optional.empty(), Map.of()), _ -> true))));
    private final List<RawConnection> slow = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private URI uri;

    @BeforeEach
    void start() {
        uri = ((StartResult.Listening) console.start()).uri();
    }

    @AfterEach
    void stop() throws Exception {
        stateMayAnswer.countDown();
        for (RawConnection connection : slow) {
            connection.close();
        }
        console.close();
        client.shutdownNow();
    }

    private void awaitState() {
        try {
            stateMayAnswer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int health() throws Exception {
        return client.send(
                        HttpRequest.newBuilder(uri.resolve("/healthz"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private RawConnection notice(String authorization) throws Exception {
        var connection = new RawConnection(uri);
        slow.add(connection);
        connection.send("POST /v1/notices HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nAuthorization: "
                + authorization + "\r\nContent-Length: 100\r\n\r\n{");
        return connection;
    }

    @Test
    void noticesWhoseBytesDoNotComeHoldUpNobody() throws Exception {
        for (int i = 0; i < MANY; i++) {
            notice("HMAC-SHA256 " + "0".repeat(64));
        }

        assertThat(health()).isEqualTo(200);
    }

    @Test
    void aNoticeWithoutATokenIsRefusedBeforeItIsRead() throws Exception {
        assertThat(notice("none").readToEnd()).startsWith("HTTP/1.1 401 ").contains("Connection: close");
    }

    @Test
    void aNoticeThatTakesTooLongEnds() throws Exception {
        assertThat(notice("HMAC-SHA256 " + "0".repeat(64)).readToEnd()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void aHeaderThatTakesTooLongEndsItsConnection() throws Exception {
        var connection = new RawConnection(uri);
        slow.add(connection);
        connection.send("GET /healthz HTTP/1.1\r\nX-Slow: ");

        assertThat(connection.readToEnd()).isEmpty();
    }

    @Test
    void aStateThatDoesNotAnswerHoldsUpOnlyItsReaders() throws Exception {
        for (int i = 0; i < MANY; i++) {
            var connection = new RawConnection(uri);
            slow.add(connection);
            connection.send("GET /api/status HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n");
        }

        assertThat(health()).isEqualTo(200);
    }
}
