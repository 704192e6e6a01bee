package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.engine.control.ReplicaKeys;
import dev.skyhedge.engine.control.Secrets;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.testing.TestPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A replica behind real endpoints, whose slow answer ends and whose stream goes on when a test says so.
abstract class EndpointFixture {
    private static final String SERVICE = """
            service "chat" {
              replica {
                command = ["serve"]
                port    = 8000
              }

              resources {
                accelerators = ["L4:1"]
                locations    = ["simulated/*/*"]
              }

              scaling {
                min_replicas = 2
              }
            }
            """;

    static final Offer OFFER = new Offer(
            "small",
            Accelerator.parse("CPU:1"),
            new Location("sim", "east", "east-a"),
            Market.SPOT,
            HourlyPrice.ofUsd("0.10"));
    private static final Routes.Entry OPEN = new Routes.Entry(AccessSpec.OPEN, new IdempotencyToken("sabc"));
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    @TempDir
    Path directory;

    final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    final ServiceBalancers balancers =
            new ServiceBalancers(InstantSource.system(), new Secrets(Map.of()), messages::add, told::add);
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final CountDownLatch slowMayEnd = new CountDownLatch(1);
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final CountDownLatch slowHasBegun = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer replica;
    int first;
    int second;

    @BeforeEach
    void start() throws IOException {
        replica = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        replica.setExecutor(threads);
        replica.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/stream")) {
                stream(exchange);
                return;
            }
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                slowHasBegun.countDown();
                awaitOrFail(slowMayEnd);
            }
            byte[] body = "here".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        replica.start();
        first = TestPorts.free();
        second = TestPorts.free();
    }

    @AfterEach
    void stop() {
        slowMayEnd.countDown();
        events.add("");
        balancers.close();
        replica.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }

    /// Every event when it may come.
    private void stream(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            for (String event = nextEvent(); !event.isEmpty(); event = nextEvent()) {
                out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    private String nextEvent() {
        try {
            return events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    BufferedReader openStream(int port) throws IOException, InterruptedException {
        InputStream body = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/stream"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean refuses(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// A spec with these endpoints, by service.
    Spec spec(Map<String, String> endpoints) throws IOException {
        var text = new StringBuilder();
        endpoints.forEach((name, endpoint) -> text.append(SERVICE.replace("\"chat\"", "\"" + name + "\"")
                .replace("  scaling {", "  endpoint {\n" + endpoint + "\n  }\n\n  scaling {")));
        Path file = Files.writeString(directory.resolve("spec.hcl"), text);
        return SpecLoader.load(new SpecRequest(file, List.of(), Map.of(), Limits.DEFAULT))
                .spec()
                .orElseThrow();
    }

    Spec spec(String service, int port, String more) throws IOException {
        return spec(Map.of(service, "    port = " + port + "\n    " + more));
    }

    Routes routes(String service, boolean draining) {
        int port = replica.getAddress().getPort();
        return new Routes(
                service,
                List.of(new Routes.Route(
                        service + "-1", 1, new Endpoint("127.0.0.1", port), draining, Optional.empty(), OPEN, OFFER)),
                Optional.empty(),
                Optional.empty());
    }

    /// A key that is nowhere to be read: with TLS or without, nothing may go to the replica.
    Routes keyless(String service, boolean tls) {
        var access = new AccessSpec(
                Optional.empty(),
                Optional.of(new EnvValue.SecretReference("env:NOT_SET")),
                AccessSpec.DEFAULT_HEADER,
                tls,
                false);
        Routes open = routes(service, false);
        Routes.Route one = open.routes().getFirst();
        return new Routes(
                service,
                List.of(new Routes.Route(
                        one.replica(),
                        one.generation(),
                        one.endpoint(),
                        one.draining(),
                        one.drainBy(),
                        new Routes.Entry(access, OPEN.token()),
                        one.offer())),
                Optional.empty(),
                Optional.empty());
    }

    void route(Routes routes) {
        balancers.route(routes, ReplicaKeys.givenOnly(Map.of()));
    }

    CompletableFuture<String> ask(int port, String path) {
        return client.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }
}
