package dev.skyhedge.balancer;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that all requests together may keep in memory. Thread-safe, without locks.
final class MemoryBudget {
    private final AtomicLong left;

    MemoryBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /// Takes a part of it, to be given back.
    ///
    /// @return false if there is not so much left; nothing is taken then
    boolean take(long bytes) {
        long before = left.get();
        while (before >= bytes) {
            long seen = left.compareAndExchange(before, before - bytes);
            if (seen == before) {
                return true;
            }
            before = seen;
        }
        return false;
    }

    void give(long bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
