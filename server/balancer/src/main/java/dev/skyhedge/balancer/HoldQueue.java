package dev.skyhedge.balancer;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Requests that wait for a replica, first come first served. Bounded in number and in bytes kept. Thread-safe.
///
/// @param <T> a request
final class HoldQueue<T> {
    private final int maxRequests;
    private final long maxBytes;
    private final ArrayDeque<Held<T>> queue = new ArrayDeque<>();
    private long bytes;

    private record Held<T>(T request, long bytes) {}

    /// What became of an offer.
    enum Offer {
        /// It is the only one: somebody should be woken.
        FIRST,
        QUEUED,
        FULL
    }

    HoldQueue(int maxRequests, long maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    /// @param size bytes of its body that are kept in memory
    synchronized Offer offer(T request, long size) {
        if (queue.size() >= maxRequests || bytes + size > maxBytes) {
            return Offer.FULL;
        }
        queue.addLast(new Held<>(request, size));
        bytes += size;
        return queue.size() == 1 ? Offer.FIRST : Offer.QUEUED;
    }

    /// Takes the longest waiting one; null if there is none.
    synchronized @Nullable T poll() {
        Held<T> next = queue.pollFirst();
        if (next == null) {
            return null;
        }
        bytes -= next.bytes();
        return next.request();
    }

    /// Takes a request out, wherever it stands.
    ///
    /// @return false if it was not waiting any more
    synchronized boolean remove(T request) {
        for (var iterator = queue.iterator(); iterator.hasNext(); ) {
            Held<T> held = iterator.next();
            if (held.request() == request) {
                iterator.remove();
                bytes -= held.bytes();
                return true;
            }
        }
        return false;
    }

    synchronized int size() {
        return queue.size();
    }
}
