package dev.skyhedge.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Knows how long ago the control loop made its last step: one that hangs says nothing by itself. Thread-safe.
final class Pulse {
    /// The loop steps every ten seconds if nothing happens; a step may have to wait for the state once.
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private volatile long last;

    /// @param nanoTime time that has passed, as [System#nanoTime()]
    Pulse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        beat();
    }

    /// A step was made, or the loop begins.
    void beat() {
        last = nanoTime.getAsLong();
    }

    /// What is wrong; empty if the last step is young enough.
    Optional<String> missing() {
        long age = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - last);
        return age <= LIMIT.toSeconds()
                ? Optional.empty()
                : Optional.of("the controller has made no step for " + age + " s");
    }
}
