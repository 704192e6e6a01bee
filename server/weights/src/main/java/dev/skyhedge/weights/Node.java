package dev.skyhedge.weights;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A machine of a plan: gets the model from who is above it, or from the origin, and sends it to whoever
/// asks. Who is lost is left for the nearest one above; nothing that was verified is asked for again.
///
/// A sender that was never there is waited for: it may not have started yet, and if all behind it went
/// on, they would all end at the source.
final class Node implements AutoCloseable {
    private static final int ORIGIN_ATTEMPTS = 5;

    private final NodeOptions options;
    private final NodeLimits limits;
    private final Consumer<NodeEvent> events;
    private final AtomicReference<NodePlan> plan;
    private final Sender sender;
    private final Receiver receiver;
    private final Keeping keeping = new Keeping();
    private volatile boolean closed;

    Node(NodeOptions options, NodePlan plan, NodeLimits limits, Consumer<NodeEvent> events) throws IOException {
        this.options = options;
        this.limits = limits;
        this.events = events;
        this.plan = new AtomicReference<>(plan);
        this.sender = new Sender(options, limits, this.plan::get);
        this.receiver = new Receiver(options, limits, keeping);
    }

    InetSocketAddress address() {
        return sender.address();
    }

    /// A plan from the controller, at any time.
    ///
    /// @return false if it is not newer than the node's own, and ignored
    boolean accept(NodePlan newer) {
        NodePlan before = plan.get();
        if (newer.epoch() <= before.epoch() || !plan.compareAndSet(before, newer)) {
            return false;
        }
        keeping.interrupt();
        return true;
    }

    /// The machine will be taken away: it sends no more.
    void drain() {
        sender.drain();
    }

    /// Gets the model; then goes on sending it until the node is closed.
    ///
    /// @return whether it is whole; if not, an event says why
    boolean run() throws InterruptedException {
        sender.start();
        events.accept(new NodeEvent.Listening(text(sender.address())));
        Optional<String> failure = opened();
        if (failure.isEmpty()) {
            failure = fetched();
        }
        failure.ifPresent(why -> events.accept(new NodeEvent.Failed(why)));
        return failure.isEmpty();
    }

    private Optional<String> opened() {
        if (options.manifest().isEmpty()) {
            return Optional.empty();
        }
        Manifest manifest = options.manifest().get();
        if (!manifest.id().equals(options.manifestId())) {
            return Optional.of("the manifest given is not the plan's");
        }
        try {
            keeping.open(manifest);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(why(e));
        }
    }

    /// @return why it failed
    private Optional<String> fetched() throws InterruptedException {
        Ancestors ancestors = new Ancestors(plan::get, limits, this::tell);
        while (!closed && !keeping.isWhole()) {
            Optional<InetSocketAddress> next = ancestors.next();
            Optional<String> failure = next.isPresent()
                    ? ancestors.received(next.get(), receiver.receive(next.get()), keeping.wasWelcomed())
                    : fromOrigin(ancestors);
            if (failure.isPresent()) {
                return failure;
            }
        }
        if (keeping.isWhole()) {
            events.accept(new NodeEvent.Whole(keeping.fromPeers, keeping.fromOrigin));
            return Optional.empty();
        }
        return Optional.of("it was ended");
    }

    /// A node that was closed loses everybody, which is no news.
    private void tell(NodeEvent event) {
        if (!closed) {
            events.accept(event);
        }
    }

    /// Nobody is left to ask.
    private Optional<String> fromOrigin(Ancestors ancestors) throws InterruptedException {
        Optional<ChunkStore> store = keeping.store();
        if (options.origin().isPresent() && store.isPresent()) {
            return readOrigin(store.get());
        }
        if (System.nanoTime() - keeping.movedAt > limits.giveUp().toNanos()) {
            return Optional.of("nobody sends the model, and there is no origin to read it from");
        }
        ancestors.again();
        return Optional.empty();
    }

    private Optional<String> readOrigin(ChunkStore store) throws InterruptedException {
        long epoch = plan.get().epoch();
        events.accept(new NodeEvent.ReadingOrigin(store.watermark()));
        byte[] chunk = new byte[store.manifest().chunkBytes()];
        int attempts = 0;
        Duration pause = Ancestors.FIRST_PAUSE;
        try (HttpOrigin origin = new HttpOrigin(options.origin().orElseThrow())) {
            while (!closed && !store.isWhole() && plan.get().epoch() == epoch) {
                int index = store.watermark();
                String why;
                try {
                    int length = origin.read(store, index, chunk);
                    Optional<String> failure = kept(store, chunk, length);
                    if (failure.isPresent()) {
                        return failure;
                    }
                    attempts = store.watermark() > index ? 0 : attempts + 1;
                    why = "the origin's chunk " + index + " is not the manifest's";
                } catch (IOException e) {
                    attempts++;
                    why = why(e);
                }
                if (attempts >= ORIGIN_ATTEMPTS) {
                    return Optional.of(why);
                }
                if (attempts > 0) {
                    Thread.sleep(pause.multipliedBy(1L << attempts));
                }
            }
        }
        return Optional.empty();
    }

    /// @return why it cannot be kept; empty also if it is the wrong chunk
    private Optional<String> kept(ChunkStore store, byte[] chunk, int length) {
        try {
            if (store.add(chunk, length)) {
                keeping.addedFromOrigin(length);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(why(e));
        }
    }

    private static String why(IOException e) {
        String message = e.getMessage();
        String kind = e.getClass().getSimpleName();
        return message == null || message.isEmpty() ? kind : kind + ": " + message;
    }

    static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /// What the node has so far.
    private final class Keeping implements Receiver.Keeper {
        private volatile @Nullable ChunkStore store;
        private volatile @Nullable Socket socket;
        private boolean welcomed;
        private int layers;
        private long fromPeers;
        private long fromOrigin;
        private long movedAt = System.nanoTime();

        boolean isWhole() {
            ChunkStore now = store;
            return now != null && now.isWhole();
        }

        @Override
        public Optional<ChunkStore> store() {
            return Optional.ofNullable(store);
        }

        @Override
        public ChunkStore open(Manifest manifest) throws IOException {
            ChunkStore opened = ChunkStore.open(manifest, options.directory());
            store = opened;
            sender.has(opened);
            return opened;
        }

        @Override
        public long epoch() {
            return plan.get().epoch();
        }

        @Override
        public void connected(Socket to) {
            socket = to;
        }

        @Override
        public void welcomed(InetSocketAddress peer, int fromChunk) {
            welcomed = true;
            events.accept(new NodeEvent.Receiving(text(peer), fromChunk));
        }

        boolean wasWelcomed() {
            return welcomed;
        }

        @Override
        public void added(int bytes) {
            fromPeers += bytes;
            moved();
        }

        void addedFromOrigin(int bytes) {
            fromOrigin += bytes;
            moved();
        }

        private void moved() {
            movedAt = System.nanoTime();
            ChunkStore now = store;
            int here = now == null ? 0 : now.manifest().layers(now.watermark());
            if (here > layers) {
                layers = here;
                events.accept(new NodeEvent.Layers(here));
            }
        }

        /// Ends the connection, so that the newer plan is looked at.
        void interrupt() {
            Socket now = socket;
            try {
                if (now != null) {
                    now.close();
                }
            } catch (IOException e) {
                events.accept(new NodeEvent.Lost("unknown", why(e)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        keeping.interrupt();
        sender.close();
        ChunkStore store = keeping.store;
        if (store != null) {
            store.close();
        }
    }
}
