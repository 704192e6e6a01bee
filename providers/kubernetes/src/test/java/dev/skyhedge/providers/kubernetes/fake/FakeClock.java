package dev.skyhedge.providers.kubernetes.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Time that passes only when told. Thread-safe.
public final class FakeClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public FakeClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /// Makes it at least this late: those who wait side by side wait together.
    public void reach(Instant then) {
        now.updateAndGet(before -> before.isBefore(then) ? then : before);
    }

    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }
}
