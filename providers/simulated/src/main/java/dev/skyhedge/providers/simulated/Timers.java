package dev.skyhedge.providers.simulated;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// What is due later, in order of time and, at the same time, of ordering.
final class Timers {
    record Timer(Instant due, long ordinal, Runnable action) {}

    private final PriorityQueue<Timer> waiting =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparingLong(Timer::ordinal));
    private long ordinal;

    void at(Instant due, Runnable action) {
        waiting.add(new Timer(due, ordinal++, action));
    }

    Optional<Instant> nextDue() {
        return Optional.ofNullable(waiting.peek()).map(Timer::due);
    }

    Optional<Timer> takeDue(Instant now) {
        Timer first = waiting.peek();
        return first == null || first.due().isAfter(now) ? Optional.empty() : Optional.ofNullable(waiting.poll());
    }
}
