package dev.skyhedge.engine.simulate.event;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// What is due later on a virtual clock, in order of time and, at the same time, of entry. Not thread-safe.
public final class Agenda {
    private record Due(Instant at, long ordinal, Runnable action) {}

    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::ordinal));
    private long ordinal;

    /// Enters something.
    public void at(Instant at, Runnable action) {
        waiting.add(new Due(at, ordinal++, action));
    }

    /// When the next one is due.
    public Optional<Instant> next() {
        return Optional.ofNullable(waiting.peek()).map(Due::at);
    }

    /// Does all that is due by then, in order.
    public void run(Instant now) {
        for (Due due = waiting.peek(); due != null && !due.at().isAfter(now); due = waiting.peek()) {
            waiting.remove();
            due.action().run();
        }
    }
}
