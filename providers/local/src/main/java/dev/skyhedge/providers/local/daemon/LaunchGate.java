package dev.skyhedge.providers.local.daemon;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Lets launches through until the cloud ends. That is decided while none is under way, so that no launch is answered
/// by a cloud that then ends with it. Thread-safe.
final class LaunchGate {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /// Launches, or refuses to once it is closed.
    <T> T pass(Supplier<T> launch, Supplier<T> refusal) {
        lock.readLock().lock();
        try {
            return closed ? refusal.get() : launch.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Closes for good, unless something turns out to run once all launches are through.
    ///
    /// @return whether it is closed by this
    boolean closeUnless(BooleanSupplier runs) {
        lock.writeLock().lock();
        try {
            boolean closing = !closed && !runs.getAsBoolean();
            closed |= closing;
            return closing;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
