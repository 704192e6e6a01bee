package dev.skyhedge.weights;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends the chunks that a node has to whoever asks, each as soon as it is there.
final class Sender implements Closeable {
    private static final int MAX_RECEIVERS = 64;
    private static final int SLICE_BYTES = 64 * 1024;
    private static final int HANDSHAKE_MILLIS = 5_000;
    /// A receiver that takes nothing for so long is let go.
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final NodeOptions options;
    private final NodeLimits limits;
    private final Supplier<NodePlan> plan;
    private final ServerSocket server = new ServerSocket();
    private final TokenBucket link;
    private final Set<Receiving> receivers = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable ChunkStore store;
    private volatile boolean draining;

    Sender(NodeOptions options, NodeLimits limits, Supplier<NodePlan> plan) throws IOException {
        this.options = options;
        this.limits = limits;
        this.plan = plan;
        this.link = TokenBucket.of(options.linkBitsPerSecond());
        server.setReuseAddress(true);
        server.bind(options.listen());
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    void start() {
        threads.execute(this::accept);
        threads.execute(this::letGo);
    }

    /// From now on there are chunks to send.
    void has(ChunkStore chunks) {
        store = chunks;
    }

    /// Receivers are told to go elsewhere, new ones too.
    void drain() {
        draining = true;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Receiving receiver = new Receiving(server.accept());
                if (receivers.size() >= MAX_RECEIVERS) {
                    receiver.socket.close();
                    continue;
                }
                receivers.add(receiver);
                threads.execute(receiver);
            } catch (IOException e) {
                // Closed: the loop ends. Otherwise it is about one connection, whose other end sees it, too, or too
                // many files are open, and a moment helps.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void letGo() {
        try {
            while (!server.isClosed()) {
                TimeUnit.SECONDS.sleep(1);
                long now = System.nanoTime();
                for (Receiving receiver : receivers) {
                    if (now - receiver.movedAt > STUCK_NANOS) {
                        receiver.close();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One receiver.
    private final class Receiving implements Runnable {
        private final Socket socket;
        private final TokenBucket edge = TokenBucket.of(plan.get().edgeBitsPerSecond());
        private volatile long movedAt = System.nanoTime();

        Receiving(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            try (socket) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(HANDSHAKE_MILLIS);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                Handshake handshake = new Handshake(options.token());
                Handshake.Received received = handshake.receive(new DataInputStream(socket.getInputStream()), out);
                Optional<Refusal> refusal = refusal(received);
                if (refusal.isPresent()) {
                    refuse(out, refusal.get());
                } else {
                    out.writeInt(Frame.WELCOME);
                    out.write(received.answer());
                    send(received.hello(), out);
                }
            } catch (IOException e) {
                // The receiver went away, or is none; it notices, and asks again or somebody else.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                receivers.remove(this);
            }
        }

        private Optional<Refusal> refusal(Handshake.Received received) {
            Handshake.Hello hello = received.hello();
            if (!received.known()) {
                return Optional.of(Refusal.UNKNOWN);
            }
            if (hello.version() != Handshake.VERSION) {
                return Optional.of(Refusal.OTHER_VERSION);
            }
            if (!hello.manifest().equals(options.manifestId())) {
                return Optional.of(Refusal.WRONG_MANIFEST);
            }
            if (hello.epoch() < plan.get().epoch()) {
                return Optional.of(Refusal.OLD_EPOCH);
            }
            if (hello.nextChunk() < 0) {
                return Optional.of(Refusal.NOT_A_SOURCE);
            }
            return draining ? Optional.of(Refusal.DRAINING) : Optional.empty();
        }

        private void refuse(DataOutputStream out, Refusal refusal) throws IOException {
            out.writeInt(Frame.REFUSAL);
            out.writeInt(refusal.code());
            out.flush();
        }

        private void send(Handshake.Hello hello, DataOutputStream out) throws IOException, InterruptedException {
            ChunkStore chunks = awaitStore(out);
            if (chunks == null) {
                refuse(out, Refusal.DRAINING);
                return;
            }
            if (!hello.hasManifest()) {
                byte[] manifest = chunks.manifest().encoded();
                out.writeInt(Frame.MANIFEST);
                out.writeInt(manifest.length);
                out.write(manifest);
            }
            byte[] chunk = new byte[chunks.manifest().chunkBytes()];
            int next = hello.nextChunk();
            while (next < chunks.manifest().chunks().size()) {
                if (draining) {
                    refuse(out, Refusal.DRAINING);
                    return;
                }
                if (chunks.await(next, limits.heartbeat().toMillis())) {
                    write(out, next, chunk, chunks.read(next, chunk));
                    next++;
                } else {
                    heartbeat(out);
                }
            }
            // The receiver closes when it has what it wants; until then the last bytes may be on their way.
            socket.setSoTimeout(Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(STUCK_NANOS)));
            socket.shutdownOutput();
            if (socket.getInputStream().read() >= 0) {
                throw new InvalidInput("A receiver says more than hello");
            }
        }

        private @Nullable ChunkStore awaitStore(DataOutputStream out) throws IOException, InterruptedException {
            ChunkStore chunks = store;
            while (chunks == null) {
                if (draining) {
                    return null;
                }
                heartbeat(out);
                TimeUnit.MILLISECONDS.sleep(Math.min(50, limits.heartbeat().toMillis()));
                chunks = store;
            }
            return chunks;
        }

        private void heartbeat(DataOutputStream out) throws IOException {
            out.writeInt(Frame.HEARTBEAT);
            movedAt = System.nanoTime();
        }

        private void write(DataOutputStream out, int index, byte[] chunk, int length)
                throws IOException, InterruptedException {
            out.writeInt(index);
            out.writeInt(length);
            for (int from = 0; from < length; from += SLICE_BYTES) {
                int slice = Math.min(SLICE_BYTES, length - from);
                edge.take(slice);
                link.take(slice);
                out.write(chunk, from, slice);
                movedAt = System.nanoTime();
            }
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed as far as it can be.
                receivers.remove(this);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        receivers.forEach(Receiving::close);
        threads.shutdownNow();
    }
}
