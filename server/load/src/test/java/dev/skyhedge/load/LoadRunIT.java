package dev.skyhedge.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadRunIT {
    private static final Duration HALF = Duration.ofMillis(500);

    private final List<HttpServer> servers = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void stop() {
        never.countDown();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void sendsExactlyAsManyAsAreDueWithMethodHeadersAndBody() throws IOException {
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        URI uri = serve(exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("X-Key") + " " + body);
            answer(exchange, 200);
        });

        LoadReport report = LoadRun.run(request(uri, 100, Optional.of("hi"), Duration.ofSeconds(5), 1000), _ -> {});

        assertThat(report.succeeded()).isEqualTo(50);
        assertThat(report.sent()).isEqualTo(50);
        assertThat(report.exitCode()).isZero();
        assertThat(report.latency().p50()).isPositive();
        assertThat(seen).hasSize(50).containsOnly("POST k hi");
    }

    @Test
    void countsErrorsByKind() throws IOException {
        AtomicInteger number = new AtomicInteger();
        URI uri = serve(exchange -> {
            exchange.getRequestBody().readAllBytes();
            switch (number.getAndIncrement() % 3) {
                case 0 -> answer(exchange, 200);
                case 1 -> answer(exchange, 503);
                default -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    exchange.close();
                }
            }
        });

        LoadReport report = LoadRun.run(request(uri, 60, Optional.of("x"), Duration.ofSeconds(5), 1000), _ -> {});

        assertThat(report.succeeded()).isEqualTo(10);
        assertThat(report.errors()).isEqualTo(Map.of("status_503", 10L, "cut", 10L));
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void aClosedPortIsAConnectError() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        LoadReport report = LoadRun.run(LoadRequest.get(URI.create("http://127.0.0.1:" + port), 20, HALF), _ -> {});

        assertThat(report.errors()).isEqualTo(Map.of("connect", 10L));
    }

    @Test
    void aBodyThatNeverEndsIsATimeout() throws IOException {
        URI uri = serve(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            awaitNever();
        });

        LoadReport report = LoadRun.run(request(uri, 10, Optional.empty(), Duration.ofMillis(200), 1000), _ -> {});

        assertThat(report.errors()).isEqualTo(Map.of("timeout", 5L));
    }

    @Test
    void latencyCountsFromWhenARequestWasDue() throws IOException {
        CountDownLatch allCame = new CountDownLatch(20);
        URI uri = serve(exchange -> {
            allCame.countDown();
            await(allCame);
            answer(exchange, 200);
        });

        LoadReport report = LoadRun.run(request(uri, 40, Optional.empty(), Duration.ofSeconds(15), 1000), _ -> {});

        // The last of the 20 is due after 475 ms, and none is answered before it comes.
        assertThat(report.succeeded()).isEqualTo(20);
        assertThat(report.latency().p50()).isGreaterThanOrEqualTo(Duration.ofMillis(225));
        assertThat(report.latency().max()).isGreaterThanOrEqualTo(Duration.ofMillis(475));
    }

    @Test
    void requestsBeyondTheConcurrencyLimitAreNotSent() throws IOException {
        URI uri = serve(_ -> awaitNever());
        LoadRun run = new LoadRun(request(uri, 40, Optional.empty(), Duration.ofSeconds(1), 3));

        LoadReport report = run.run(_ -> {});

        assertThat(report.sent()).isEqualTo(3);
        assertThat(report.errors()).isEqualTo(Map.of("not_sent", 17L, "timeout", 3L));
    }

    @Test
    void stoppingEndsARunWithItsReportAndSamplesEverySecond() throws IOException {
        URI uri = serve(exchange -> answer(exchange, 200));
        LoadRun run = new LoadRun(LoadRequest.get(uri, 50, Duration.ofHours(1)));
        List<LoadSample> samples = new ArrayList<>();

        LoadReport report = run.run(sample -> {
            samples.add(sample);
            run.stop();
        });

        assertThat(samples).isNotEmpty();
        assertThat(samples.getFirst().completed()).isPositive();
        assertThat(samples.getFirst().text()).contains("0 errors", "in flight");
        assertThat(report.succeeded() + report.unfinished()).isEqualTo(report.sent());
        assertThat(report.failed()).isZero();
    }

    @Test
    void hangsUpInTheMiddleOfSomeAnswers() throws IOException {
        var cut = new AtomicInteger();
        URI uri = serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[64 * 1024];
            try {
                for (int i = 0; i < 100; i++) {
                    exchange.getResponseBody().write(block);
                }
                exchange.close();
            } catch (IOException gone) {
                cut.incrementAndGet();
            }
        });
        LoadRequest all = LoadRequest.get(uri, 40, HALF);

        LoadReport report = LoadRun.run(
                new LoadRequest(
                        uri,
                        "GET",
                        Optional.empty(),
                        all.headers(),
                        40,
                        HALF,
                        all.arrivals(),
                        1,
                        all.timeout(),
                        all.concurrencyLimit(),
                        0.5),
                _ -> {});

        assertThat(report.hungUp()).isBetween(1L, 19L);
        assertThat(report.succeeded() + report.hungUp()).isEqualTo(20);
        assertThat(report.failed()).isZero();
        assertThat(report.text()).contains(report.hungUp() + " hung up");
        assertThat(cut.get()).isPositive();
    }

    private static LoadRequest request(
            URI uri, double rate, Optional<String> body, Duration timeout, int concurrencyLimit) {
        return new LoadRequest(
                uri,
                "POST",
                body,
                new LinkedHashMap<>(Map.of("X-Key", "k")),
                rate,
                HALF,
                LoadRequest.Arrivals.CONSTANT,
                1,
                timeout,
                concurrencyLimit,
                0);
    }

    private URI serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", handler);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 2);
        exchange.getResponseBody().write(new byte[2]);
        exchange.close();
    }

    private void awaitNever() {
        await(never);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
