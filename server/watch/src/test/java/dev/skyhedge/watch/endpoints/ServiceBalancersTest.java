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
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.testing.TestPorts;
import dev.skyhedge.state.records.ReplicaKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
import java.util.OptionalDouble;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Endpoints with real sockets, while their spec changes.
class ServiceBalancersTest {
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

    private static final Routes.Entry OPEN = new Routes.Entry(AccessSpec.OPEN, new IdempotencyToken("sabc"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    @TempDir
    private Path directory;

    private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private final ServiceBalancers balancers =
            new ServiceBalancers(InstantSource.system(), new Secrets(Map.of()), messages::add, told::add);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CountDownLatch slowHasBegun = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer replica;
    private int first;
    private int second;

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

    private BufferedReader openStream(int port) throws IOException, InterruptedException {
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

    private static boolean refuses(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// A spec with these endpoints, by service.
    private Spec spec(Map<String, String> endpoints) throws IOException {
        var text = new StringBuilder();
        endpoints.forEach((name, endpoint) -> text.append(SERVICE.replace("\"chat\"", "\"" + name + "\"")
                .replace("  scaling {", "  endpoint {\n" + endpoint + "\n  }\n\n  scaling {")));
        Path file = Files.writeString(directory.resolve("spec.hcl"), text);
        return SpecLoader.load(new SpecRequest(file, List.of(), Map.of(), Limits.DEFAULT))
                .spec()
                .orElseThrow();
    }

    private Spec spec(String service, int port, String more) throws IOException {
        return spec(Map.of(service, "    port = " + port + "\n    " + more));
    }

    private Routes routes(String service, boolean draining) {
        int port = replica.getAddress().getPort();
        return new Routes(
                service,
                List.of(new Routes.Route(
                        service + "-1", 1, new Endpoint("127.0.0.1", port), draining, Optional.empty(), OPEN)),
                Optional.empty());
    }

    /// A key that is nowhere to be read: with TLS or without, nothing may go to the replica.
    private Routes keyless(String service, boolean tls) {
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
                        new Routes.Entry(access, OPEN.token()))),
                Optional.empty());
    }

    private void route(Routes routes) {
        balancers.route(routes, ReplicaKeys.givenOnly(Map.of()));
    }

    private CompletableFuture<String> ask(int port, String path) {
        return client.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }

    @Test
    void anAddressThatMovesIsOpenBeforeTheOldOneIsGivenUpAndWhatRunsGoesOn() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        CompletableFuture<String> running = ask(first, "/slow");
        slowHasBegun.await();

        assertThat(balancers.serve(spec("chat", second, ""))).isEmpty();

        assertThat(ask(second, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
        assertThat(ask(first, "/")).failsWithin(PATIENCE);
        slowMayEnd.countDown();
        assertThat(running).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void aReplicaWhoseKeyCannotBeReadGetsNothingInTheOpen() throws Exception {
        balancers.serve(spec("chat", first, "hold_timeout = \"200ms\""));

        for (boolean tls : List.of(false, true)) {
            route(keyless("chat", tls));
            assertThat(ask(first, "/")).succeedsWithin(PATIENCE).asString().isNotEqualTo("here");
        }

        route(routes("chat", false));
        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void aReplicaIsNotDrainedBeforeItsRequestsAtAnOldAddressHaveEnded() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        CompletableFuture<String> running = ask(first, "/slow");
        slowHasBegun.await();
        balancers.serve(spec("chat", second, ""));
        var drained = new Message.Drained(new ReplicaKey("chat", "chat-1", 1));

        route(routes("chat", true));
        await(
                () -> "two samples",
                () -> messages.stream()
                                .filter(Message.SignalsRead.class::isInstance)
                                .count()
                        >= 2);

        assertThat(messages).doesNotContain(drained);
        slowMayEnd.countDown();
        assertThat(running).succeedsWithin(PATIENCE);
        await(() -> "the end of draining", () -> messages.contains(drained));
    }

    @Test
    @Timeout(60)
    void aStreamOnAReplicaThatLeavesIsCountedToItsEndAndEndsWhole() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        events.add("one");
        try (BufferedReader stream = openStream(first)) {
            assertThat(stream.readLine()).isEqualTo("one");

            route(routes("chat", true));
            messages.clear();
            await(
                    () -> "a count: " + messages,
                    () -> messages.stream()
                            .anyMatch(message -> message instanceof Message.SignalsRead read
                                    && Integer.valueOf(1).equals(read.inFlight().get("chat-1"))));
            events.add("two");
            assertThat(stream.readLine()).isEqualTo("two");
            assertThat(messages).noneMatch(Message.Drained.class::isInstance);

            events.add("");
            assertThat(stream.readLine()).as("the end of the stream").isNull();
        }
        var drained = new Message.Drained(new ReplicaKey("chat", "chat-1", 1));
        await(() -> "the end of draining", () -> messages.contains(drained));
    }

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

    @Test
    void aRequestThatWaitsSurvivesAChangeOfItsEndpoint() throws Exception {
        balancers.serve(spec("chat", first, ""));
        CompletableFuture<String> waiting = ask(first, "/");
        await(() -> "the request waits", () -> messages.stream().anyMatch(Message.Woken.class::isInstance));

        assertThat(balancers.serve(spec("chat", first, "hold_timeout = \"20s\"")))
                .isEmpty();
        route(routes("chat", false));

        assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void aPortThatIsTakenLeavesEverythingAsItWas() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Spec changed = spec(Map.of("chat", "    port = " + taken.getLocalPort(), "more", "    port = " + second));

            assertThat(balancers.serve(changed))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.detail()).contains("Cannot listen on"));
        }
        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
        await(() -> "the other one is closed again", () -> refuses(second));
    }

    @Test
    void twoServicesMayChangeTheirPorts() throws Exception {
        balancers.serve(spec(Map.of("chat", "    port = " + first, "more", "    port = " + second)));
        route(routes("chat", false));

        assertThat(balancers.serve(spec(Map.of("chat", "    port = " + second, "more", "    port = " + first))))
                .isEmpty();

        assertThat(ask(second, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void aServiceThatGoesDoesNotHoldUpTheOthers() throws Exception {
        balancers.serve(spec(Map.of("chat", "    port = " + first, "more", "    port = " + second)));
        route(routes("chat", false));
        route(routes("more", false));
        CompletableFuture<String> running = ask(second, "/slow");
        slowHasBegun.await();

        assertThat(balancers.serve(spec("chat", first, ""))).isEmpty();

        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
        slowMayEnd.countDown();
        assertThat(running).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void anAddressThatASuccessorCannotOpenYetIsOpenedOnceItIsFree() throws Exception {
        try (var before = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(before.isBound()).isTrue();
            assertThat(balancers.serveWhatOpens(spec("chat", first, ""))).hasSize(1);
        }
        route(routes("chat", false));

        await(() -> "it is open", () -> told.contains("Endpoint of service.chat: http://127.0.0.1:" + first));

        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    @Timeout(60)
    void aStreamRunsThroughAChangeOfPolicyAndOfPort() throws Exception {
        balancers.serve(spec("chat", first, "policy = \"least_load\""));
        route(routes("chat", false));
        events.add("one");
        try (BufferedReader stream = openStream(first)) {
            assertThat(stream.readLine()).isEqualTo("one");

            assertThat(balancers.serve(spec("chat", first, "policy = \"session\"")))
                    .isEmpty();
            events.add("two");
            assertThat(stream.readLine()).isEqualTo("two");

            assertThat(balancers.serve(spec("chat", second, ""))).isEmpty();
            assertThat(ask(second, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
            events.add("three");
            assertThat(stream.readLine()).isEqualTo("three");

            events.add("");
            assertThat(stream.readLine()).as("the end of the stream").isNull();
        }
    }

    @Test
    void aLimitThatChangesHoldsForTheNextRequest() throws Exception {
        balancers.serve(spec("chat", first, "max_concurrent_requests = 1"));
        route(routes("chat", false));
        CompletableFuture<String> running = ask(first, "/slow");
        slowHasBegun.await();
        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).asString().contains("overloaded");

        assertThat(balancers.serve(spec("chat", first, "max_concurrent_requests = 2")))
                .isEmpty();

        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
        slowMayEnd.countDown();
        assertThat(running).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void anAddressOfTheSamePortThatCannotBeOpenedLeavesTheOldDoorOpen() throws Exception {
        balancers.serve(spec(Map.of("chat", "    port = " + first, "more", "    port = " + second)));
        route(routes("chat", false));
        route(routes("more", false));
        int third = TestPorts.free();
        try (var other = new ServerSocket(first, 1, InetAddress.getByName("127.0.0.2"))) {
            assertThat(other.isBound()).isTrue();

            assertThat(balancers.serve(spec(Map.of(
                            "chat", "    host = \"0.0.0.0\"\n    port = " + first, "more", "    port = " + third))))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.detail()).contains("Cannot listen on 0.0.0.0:" + first));

            assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
            assertThat(ask(second, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
            assertThat(balancers.missing()).isEmpty();
        }
    }
}
