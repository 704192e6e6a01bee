package dev.skyhedge.providers.local.daemon;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether nobody needs the cloud any more: nothing runs in it, nobody listens to it, and nobody has asked it for
/// anything for a while. A `plan` asks once, and would leave a process behind for good. Thread-safe.
final class Idleness {
    private final LongSupplier nanos;
    private final Duration limit;
    private long lastUse;

    /// @param nanos time that passes, as `System::nanoTime`
    /// @param limit how long nothing happens in a cloud that nobody needs
    Idleness(LongSupplier nanos, Duration limit) {
        this.nanos = nanos;
        this.limit = limit;
        this.lastUse = nanos.getAsLong();
    }

    /// Somebody has asked for something.
    synchronized void used() {
        lastUse = nanos.getAsLong();
    }

    /// @param live instances there are
    /// @param listeners clients that wait for events
    synchronized boolean isOver(int live, int listeners) {
        if (live > 0 || listeners > 0) {
            used();
        }
        return nanos.getAsLong() - lastUse > limit.toNanos();
    }
}
