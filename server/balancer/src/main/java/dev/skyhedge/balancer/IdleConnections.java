package dev.skyhedge.balancer;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Connection;
import org.jspecify.annotations.Nullable;

/// Open connections to one replica that wait for their next request, the warmest first. Thread-safe.
final class IdleConnections {
    private final int max;
    private final ConcurrentLinkedDeque<Connection> connections = new ConcurrentLinkedDeque<>();
    private final AtomicInteger size = new AtomicInteger();
    private volatile boolean closed;

    IdleConnections(int max) {
        this.max = max;
    }

    /// The connection used last, or null if there is none that is open.
    @Nullable
    Connection take() {
        for (Connection next = connections.pollFirst(); next != null; next = connections.pollFirst()) {
            size.decrementAndGet();
            if (!next.isClosed()) {
                return next;
            }
        }
        return null;
    }

    /// Keeps a connection for the next request, or closes it if there are enough.
    void give(Connection connection) {
        if (connection.isClosed()) {
            return;
        }
        if (size.incrementAndGet() > max) {
            size.decrementAndGet();
            connection.close();
            return;
        }
        connections.addFirst(connection);
        if (closed) { // perhaps since a moment ago: looked at only after the connection can be found
            closeAll();
        }
    }

    /// Keeps nothing any more.
    void close() {
        closed = true;
        closeAll();
    }

    /// Keeps connections again, after the replica was taken back.
    void open() {
        closed = false;
    }

    private void closeAll() {
        for (Connection next = take(); next != null; next = take()) {
            next.close();
        }
    }
}
