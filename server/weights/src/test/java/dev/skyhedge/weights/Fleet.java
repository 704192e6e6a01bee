package dev.skyhedge.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Nodes in this process, over real sockets.
final class Fleet implements AutoCloseable {
    static final byte[] TOKEN = "a token of this plan".getBytes(StandardCharsets.UTF_8);
    static final NodeLimits QUICK = new NodeLimits(
            Duration.ofMillis(50), Duration.ofMillis(600), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final Path directory;
    private final Manifest manifest;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Member> members = new ArrayList<>();
    private double linkBits = Double.POSITIVE_INFINITY;

    /// What a node told, in order.
    static final class Told {
        private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

        private final List<NodeEvent> events = new ArrayList<>();

        private synchronized void add(NodeEvent event) {
            events.add(event);
            notifyAll();
        }

        synchronized <T extends NodeEvent> List<T> of(Class<T> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        /// Waits until it has told this.
        synchronized <T extends NodeEvent> T await(Class<T> kind, Predicate<T> which) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE;
            while (true) {
                Optional<T> found = of(kind).stream().filter(which).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left).as("told so far: %s", events).isPositive();
                wait(left);
            }
        }

        @Override
        public synchronized String toString() {
            return events.toString();
        }
    }

    /// A node that runs, with what it told.
    record Member(Node node, Path directory, Told events, CompletableFuture<Boolean> whole) {
        boolean ends() throws Exception {
            return whole.get(60, TimeUnit.SECONDS);
        }

        <T extends NodeEvent> List<T> told(Class<T> kind) {
            return events.of(kind);
        }

        <T extends NodeEvent> T awaits(Class<T> kind, Predicate<T> which) throws InterruptedException {
            return events.await(kind, which);
        }

        InetSocketAddress address() {
            return node.address();
        }
    }

    Fleet(Path directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /// Of each node that is started from now on.
    Fleet links(double bitsPerSecond) {
        linkBits = bitsPerSecond;
        return this;
    }

    Member source(Path model) throws IOException {
        return start(options(model, manifest.id(), Optional.of(manifest), Optional.empty(), TOKEN), plan(1));
    }

    Member receiver(String name, InetSocketAddress... ancestors) throws IOException {
        return start(
                options(directory.resolve(name), manifest.id(), Optional.empty(), Optional.empty(), TOKEN),
                plan(1, ancestors));
    }

    Member reader(String name, URI origin, InetSocketAddress... ancestors) throws IOException {
        return start(
                options(directory.resolve(name), manifest.id(), Optional.of(manifest), Optional.of(origin), TOKEN),
                plan(1, ancestors));
    }

    NodeOptions options(Path model, Digest id, Optional<Manifest> known, Optional<URI> origin, byte[] token) {
        return new NodeOptions(
                id, known, model, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), origin, token, linkBits);
    }

    static NodePlan plan(long epoch, InetSocketAddress... ancestors) {
        return new NodePlan(epoch, List.of(ancestors), Double.POSITIVE_INFINITY);
    }

    Member start(NodeOptions options, NodePlan plan) throws IOException {
        Told events = new Told();
        Node node = new Node(options, plan, QUICK, events::add);
        CompletableFuture<Boolean> whole = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                whole.complete(node.run());
            } catch (InterruptedException | RuntimeException e) {
                whole.completeExceptionally(e);
            }
        });
        Member member = new Member(node, options.directory(), events, whole);
        members.add(member);
        return member;
    }

    /// Waits until so many stages of the model can run there.
    static void awaitLayers(Member member, int layers) throws InterruptedException {
        member.awaits(NodeEvent.Layers.class, told -> told.layers() >= layers);
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.node().close();
        }
        threads.shutdownNow();
    }
}
