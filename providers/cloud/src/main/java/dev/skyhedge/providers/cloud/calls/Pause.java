package dev.skyhedge.providers.cloud.calls;

import java.time.Duration;

/// Waits. Tests let a virtual clock advance instead.
@FunctionalInterface
public interface Pause {
    /// Waits in real time.
    Pause REAL = time -> {
        if (time.isPositive()) {
            Thread.sleep(time);
        }
    };

    /// Returns when this much time has passed.
    ///
    /// @throws InterruptedException if the thread was interrupted while waiting
    void pass(Duration time) throws InterruptedException;

    /// Lets time pass; false if interrupted, with the interrupt kept.
    default boolean rest(Duration time) {
        try {
            pass(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
