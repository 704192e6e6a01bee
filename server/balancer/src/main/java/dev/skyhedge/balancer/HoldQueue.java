package dev.skyhedge.balancer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Requests that wait for a replica, first come first served. Bounded in number and in bytes kept. Thread-safe.
///
/// @param <T> a request
final class HoldQueue<T> {
    private int maxRequests;
    private long maxBytes;
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

    /// From the next offer on; what waits stays.
    synchronized void limit(int requests, long keptBytes) {
        maxRequests = requests;
        maxBytes = keptBytes;
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

    /// Takes out all that a condition holds for, in order. The condition must not use this queue.
    synchronized List<T> removeAll(Predicate<T> condition) {
        var removed = new ArrayList<T>();
        for (var iterator = queue.iterator(); iterator.hasNext(); ) {
            Held<T> held = iterator.next();
            if (condition.test(held.request())) {
                iterator.remove();
                bytes -= held.bytes();
                removed.add(held.request());
            }
        }
        return removed;
    }

    synchronized int size() {
        return queue.size();
    }
}
