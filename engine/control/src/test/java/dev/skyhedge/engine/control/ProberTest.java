package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.state.records.ReplicaKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Probes of replicas that answer in ways that nobody expects.
class ProberTest {
    private static final int LIMIT_SECONDS = 30;
    private static final ReplicaKey REPLICA = new ReplicaKey("chat", "chat-1", 1);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Message> posted = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<String>> asked = new LinkedBlockingQueue<>();
    private volatile byte[] answer = text("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private ServerSocket server;
    private Prober prober;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        prober = new Prober(executor, posted::add);
        executor.execute(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        prober.close();
        server.close();
        executor.shutdownNow();
    }

    /// Writes the answer and then nothing: a connection stays open until the client ends it.
    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                executor.execute(() -> answer(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> header = in.lines().takeWhile(line -> !line.isEmpty()).toList();
            asked.add(header);
            OutputStream out = socket.getOutputStream();
            out.write(answer);
            out.flush();
            while (in.read() >= 0) {
                // Until the client has had enough.
            }
        } catch (IOException _) {
            // The client has.
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ReadinessSpec readiness(String path, String... headers) {
        var all = new LinkedHashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new ReadinessSpec(
                path,
                "GET",
                Optional.empty(),
                all,
                OptionalInt.empty(),
                false,
                Duration.ofMillis(20),
                Duration.ofMillis(300),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                1,
                1);
    }

    private void probe(ReadinessSpec readiness, boolean passing) {
        var endpoint = new Endpoint("127.0.0.1", server.getLocalPort());
        prober.probe(List.of(new Prober.Target(REPLICA, endpoint, readiness, Credentials.NONE, passing)));
    }

    private Message.Probed next() throws InterruptedException {
        return (Message.Probed) posted.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private Message.Probed nextWith(boolean passing) throws InterruptedException {
        Message.Probed probed = next();
        while (probed != null && probed.passing() != passing) {
            probed = next();
        }
        return probed;
    }

    @Test
    void anAnswerThatHangsAfterItsHeaderFailsAndTheNextOneCounts() throws Exception {
        answer = text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        probe(readiness("/health"), true);

        assertThat(nextWith(false).detail()).contains("did not answer in full within 300 ms");

        answer = text("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(nextWith(true).detail()).isEqualTo("GET /health answered 200");
    }

    @Test
    void anAnswerThatHangsInItsHeaderFails() throws Exception {
        answer = text("HTTP/1.1 200 OK\r\nContent-Le");
        probe(readiness("/"), true);

        assertThat(nextWith(false).detail()).contains("did not answer in full");
    }

    @Test
    void anAnswerWithoutAnEndFailsAtItsLimit() throws Exception {
        answer = text("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(2 * 1024 * 1024));
        ReadinessSpec patient = readiness("/");
        probe(
                new ReadinessSpec(
                        "/",
                        "GET",
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        OptionalInt.empty(),
                        false,
                        patient.period(),
                        Duration.ofSeconds(LIMIT_SECONDS),
                        patient.initialDelay(),
                        patient.failureTimeout(),
                        1,
                        1),
                true);

        assertThat(nextWith(false).detail()).contains("longer than");
    }

    @Test
    void aRequestThatCannotBeMadeIsAFailedProbe() throws Exception {
        probe(readiness("/health?q=a b"), true);

        assertThat(nextWith(false).detail()).contains("cannot be asked");
    }

    @Test
    void aHeaderThatCannotBeSentIsAFailedProbe() throws Exception {
        probe(readiness("/", "Connection", "close"), true);

        assertThat(nextWith(false).detail()).contains("cannot be asked");
    }

    @Test
    void asksForTheHostThatTheSpecNames() throws Exception {
        probe(readiness("/", "Host", "model.example.com"), false);

        assertThat(nextWith(true).passing()).isTrue();
        assertThat(asked.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("Host: model.example.com");
    }

    @Test
    void aLoopThatHasNotReportedForLongerThanAProbeMayTakeCountsAsFailed() throws Exception {
        probe(readiness("/"), false);
        assertThat(nextWith(true).passing()).isTrue();

        prober.checkLoops(System.nanoTime() + Duration.ofMinutes(1).toNanos());

        assertThat(nextWith(false).detail()).contains("no probe has ended");
    }
}
