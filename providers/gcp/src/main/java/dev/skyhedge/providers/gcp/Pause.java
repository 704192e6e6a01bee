package dev.skyhedge.providers.gcp;

import java.time.Duration;

/// Lets time pass. A test lets it pass at once.
@FunctionalInterface
interface Pause {
    void pause(Duration time) throws InterruptedException;
}
