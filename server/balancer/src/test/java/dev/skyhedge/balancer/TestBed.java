package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.policy.Policy;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// A running balancer with a client, for tests on real sockets.
final class TestBed implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    final List<Signal> signals = new CopyOnWriteArrayList<>();
    final Balancer balancer;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong version = new AtomicLong();
    private final List<AutoCloseable> owned = new ArrayList<>();
    final int port;

    TestBed() {
        this(BalancerSettings.defaults());
    }

    TestBed(BalancerSettings settings) {
        balancer = new Balancer(settings, signals::add, InstantSource.system(), new Random(7));
        port = switch (balancer.start()) {
            case StartResult.Listening(String host, int bound) -> bound;
            case StartResult.Refused refused -> throw new IllegalStateException(refused.reason());
        };
    }

    FakeReplica replica(FakeReplica.Behaviour behaviour) {
        return own(new FakeReplica(behaviour));
    }

    /// Closes it with this bed.
    FakeReplica own(FakeReplica replica) {
        owned.add(replica);
        return replica;
    }

    FakeReplica replicaAnswering(String text) {
        return replica(call -> call.reply(200, text));
    }

    void route(Target... targets) {
        balancer.route(RoutingTable.of(version.incrementAndGet(), "chat", targets));
    }

    void route(Policy policy, List<Target> targets) {
        balancer.route(new RoutingTable(version.incrementAndGet(), "chat", policy, targets, Optional.empty()));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    CompletableFuture<HttpResponse<String>> get(String path) {
        return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> post(String path, byte[] body) {
        return client.sendAsync(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) DEADLINE.toMillis());
        return socket;
    }

    /// So many requests at once.
    List<CompletableFuture<HttpResponse<String>>> get(int requests, String path) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            answers.add(get(path));
        }
        return answers;
    }

    /// Writes what a client says, byte for byte.
    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Waits for a condition, or fails with what it was.
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting until " + what).isLessThan(deadline);
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
    }

    /// At rest nothing is in flight anywhere.
    void assertAtRest() {
        until("nothing is in flight", () -> {
            Statistics now = balancer.statistics();
            return now.inFlight() == 0
                    && now.held() == 0
                    && now.replicas().stream().allMatch(replica -> replica.inFlight() == 0);
        });
    }

    @Override
    public void close() throws Exception {
        client.shutdownNow();
        balancer.stop(Duration.ZERO);
        for (AutoCloseable replica : owned) {
            replica.close();
        }
    }
}
