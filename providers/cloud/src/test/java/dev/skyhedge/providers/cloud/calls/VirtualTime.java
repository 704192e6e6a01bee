package dev.skyhedge.providers.cloud.calls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A clock that only waiting moves.
final class VirtualTime implements InstantSource, Pause {
    final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void pass(Duration time) {
        pauses.add(time);
        now = now.plus(time);
    }
}
