package dev.skyhedge.balancer;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// A client's socket that notices when the client goes away, also while its request waits in
/// silence.
///
/// Jetty does not read from an HTTP/1.1 connection between the end of a request and the end of its
/// response, so it would see the end of the connection only when a write fails, and a GPU would
/// work for nobody. This end point reads in that time: an end of input (a half-close too, as nginx
/// and uvicorn take it) is reported; bytes of a pipelined request are kept and given to Jetty when
/// it reads on. It also knows since when a request header is awaited.
final class ClientEndPoint extends SocketChannelEndPoint implements ClientSide {
    private static final int MAX_READ_AHEAD = 4_096;

    private final Executor executor;
    private final Object lock = new Object();
    private final Callback watcher = new Watcher();
    private @Nullable Occupant occupant;
    private @Nullable Occupant watched;
    private @Nullable Callback jetty;
    private boolean watching;
    private boolean ended;
    private ByteBuffer readAhead = BufferUtil.EMPTY_BUFFER;
    private volatile long headerSince;
    private volatile boolean inRequest;
    private volatile boolean cutByReset;
    private volatile boolean sealed;
    /// Requests that it serves at once, by HTTP/2.
    private final Set<Occupant> streams = ConcurrentHashMap.newKeySet();

    private volatile boolean multiplexed;
    private final AtomicLong flushed = new AtomicLong();

    ClientEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            Executor executor,
            long now) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
        this.headerSince = now;
    }

    /// Its bytes are records of TLS. A client that leaves says so in one before it does: what came
    /// after a request may be that and no further request, so the end behind it is looked for.
    void seal() {
        sealed = true;
    }

    /// It has shown that it can ask: what it sends from now on is not waited for, and Jetty reads
    /// it at all times.
    void streamStarted(Occupant request) {
        multiplexed = true;
        headerSince = 0;
        streams.add(request);
    }

    void streamEnded(Occupant request) {
        streams.remove(request);
    }

    @Override
    public void requestStarted(Occupant request) {
        inRequest = true;
        headerSince = 0;
        synchronized (lock) {
            occupant = request;
            watched = request;
            watch();
        }
    }

    @Override
    public void requestEnded() {
        synchronized (lock) {
            occupant = null;
            watched = null;
        }
        headerSince = 0;
        inRequest = false;
    }

    @Override
    public void awaitRest() {
        headerSince = System.nanoTime();
    }

    @Override
    public void cutByReset(boolean reset) {
        cutByReset = reset;
    }

    /// In bytes.
    @Override
    public long flushed() {
        return flushed.get();
    }

    @Override
    public void cut() {
        close();
    }

    /// Lets the request look whether anything takes too long.
    void look(long now) {
        Occupant request;
        synchronized (lock) {
            request = occupant;
        }
        if (request != null) {
            request.look(now);
        }
        streams.forEach(one -> one.look(now));
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = BufferUtil.remaining(buffers);
        boolean all = super.flush(buffers);
        flushed.addAndGet(before - BufferUtil.remaining(buffers));
        return all;
    }

    @Override
    public void doClose() {
        if (cutByReset) {
            try {
                ((SocketChannel) getChannel()).setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException closedAlready) {
                // Then the client has seen its end.
            }
        }
        super.doClose();
    }

    /// Whether a header has been awaited since before the given time.
    boolean headerOverdue(long startedBefore) {
        long since = headerSince;
        return !inRequest && since != 0 && since - startedBefore < 0;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (lock) {
            if (readAhead.hasRemaining()) {
                int filled = BufferUtil.append(buffer, readAhead);
                readAhead = readAhead.hasRemaining() ? readAhead : BufferUtil.EMPTY_BUFFER;
                awaitHeader();
                watchOn();
                return filled;
            }
            if (ended) {
                return -1;
            }
            int filled = super.fill(buffer);
            if (filled > 0) {
                awaitHeader();
                watchOn();
            }
            return filled;
        }
    }

    /// Jetty has taken bytes of a body. They may have been the last ones, after which it reads no
    /// further.
    private void watchOn() {
        if (watched != null) {
            watch();
        }
    }

    private void awaitHeader() {
        if (!inRequest && !multiplexed && headerSince == 0) {
            headerSince = System.nanoTime();
        }
    }

    @Override
    public void fillInterested(Callback callback) {
        if (!handOver(callback)) {
            super.fillInterested(callback);
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        return handOver(callback) || super.tryFillInterested(callback);
    }

    /// Our own interest is not Jetty's: it closes connections on which it is interested when a
    /// response ends.
    @Override
    public boolean isFillInterested() {
        synchronized (lock) {
            return watching ? jetty != null : super.isFillInterested();
        }
    }

    private boolean handOver(Callback callback) {
        synchronized (lock) {
            if (readAhead.hasRemaining() || ended) {
                executor.execute(callback::succeeded);
                return true;
            }
            if (watching) {
                jetty = callback;
                return true;
            }
            return false;
        }
    }

    private void watch() {
        if (!watching && !ended && mayReadAhead()) {
            watching = true;
            if (!super.tryFillInterested(watcher)) {
                watching = false; // Jetty reads the body itself and will see the end
            }
        }
    }

    private boolean mayReadAhead() {
        return !readAhead.hasRemaining() || sealed && BufferUtil.space(readAhead) > 0;
    }

    private final class Watcher implements Callback {
        /// Jetty's reader as it says of itself. To tell of an end is to close, to abort and to go
        /// on with others: nothing for a selector.
        @Override
        public InvocationType getInvocationType() {
            synchronized (lock) {
                return jetty == null ? InvocationType.BLOCKING : jetty.getInvocationType();
            }
        }

        @Override
        public void succeeded() {
            Callback waiting;
            Occupant gone = null;
            synchronized (lock) {
                watching = false;
                waiting = jetty;
                jetty = null;
                if (waiting == null && watched != null) {
                    gone = readAhead();
                }
            }
            tell(waiting, gone);
        }

        /// Reads ahead; whom to tell if the client is gone.
        private @Nullable Occupant readAhead() {
            ByteBuffer buffer = readAhead.hasRemaining() ? readAhead : BufferUtil.allocate(MAX_READ_AHEAD);
            int filled;
            try {
                filled = ClientEndPoint.super.fill(buffer);
            } catch (IOException reset) {
                filled = -1;
            }
            if (filled < 0) {
                ended = true;
                Occupant gone = watched;
                watched = null;
                return gone;
            }
            if (filled > 0) {
                readAhead = buffer; // without TLS the end behind these bytes stays unseen until they are served
            }
            watch();
            return null;
        }

        @Override
        public void failed(Throwable cause) {
            Callback waiting;
            Occupant gone;
            synchronized (lock) {
                watching = false;
                waiting = jetty;
                jetty = null;
                gone = watched;
                watched = null;
            }
            if (waiting != null) {
                waiting.failed(cause);
            }
            tell(null, gone);
        }

        private static void tell(@Nullable Callback waiting, @Nullable Occupant gone) {
            if (waiting != null) {
                waiting.succeeded();
            }
            if (gone != null) {
                gone.clientGone();
            }
        }
    }
}
