package dev.skyhedge.balancer;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Accepts clients and closes those that do not finish a request header in time. Jetty's idle timeout starts
/// again with every byte, so it does not stop a client that sends one byte now and then.
final class ClientConnector extends ServerConnector {
    private static final int ACCEPT_QUEUE = 1_024;
    private static final long LEAVE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile long headerTimeoutNanos;
    private final Set<ClientEndPoint> open = ConcurrentHashMap.newKeySet();
    /// Held by whoever waits for a client.
    private final ReentrantLock accepting = new ReentrantLock();

    ClientConnector(Server server, BalancerSettings settings, Door door, ConnectionFactory... behind) {
        // One accepting thread: a listening socket that a selector watches stays open after close() until it turns.
        super(server, null, null, null, 1, 1, door);
        Arrays.asList(behind).forEach(this::addConnectionFactory);
        update(settings);
        setHost(settings.listen().host());
        setPort(settings.listen().port());
        setAcceptQueueSize(ACCEPT_QUEUE);
        setReuseAddress(true);
    }

    /// Takes over other limits: of headers at once, of idle connections for those that are opened from now on.
    final void update(BalancerSettings settings) {
        headerTimeoutNanos = settings.timeouts().header().toNanos();
        setIdleTimeout(settings.timeouts().keepAlive().toMillis());
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        var endPoint = new ClientEndPoint(channel, selector, key, getScheduler(), getExecutor(), System.nanoTime());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        open.add((ClientEndPoint) endPoint);
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        open.remove((ClientEndPoint) endPoint);
        super.onEndPointClosed(endPoint);
    }

    @Override
    public void accept(int acceptor) throws IOException {
        accepting.lock();
        try {
            super.accept(acceptor);
        } finally {
            accepting.unlock();
        }
    }

    /// Accepts no more connections; those that are open stay. Afterwards the address is free for others.
    void stopAccepting() {
        setAccepting(false);
        close();
        awaitNobodyAccepts();
    }

    /// The system keeps a closed socket until the thread that waited in it has left. On a busy machine that is long
    /// enough for somebody else not to get the address.
    private void awaitNobodyAccepts() {
        try {
            if (accepting.tryLock(LEAVE_LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
                accepting.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Closes the connections whose header is overdue, and lets requests look at their own limits. Called by a timer.
    void look(long now) {
        for (ClientEndPoint endPoint : open) {
            if (endPoint.headerOverdue(now - headerTimeoutNanos)) {
                endPoint.close();
            } else {
                endPoint.look(now);
            }
        }
    }
}
