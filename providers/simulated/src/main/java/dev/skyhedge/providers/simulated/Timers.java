package dev.skyhedge.providers.simulated;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// The present, and what is due later, in order of time and, at the same time, of ordering. Guarded by the
/// cloud's lock.
final class Timers {
    record Timer(Instant due, long ordinal, Runnable action) {}

    private final PriorityQueue<Timer> waiting =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparingLong(Timer::ordinal));
    private long ordinal;
    private Instant now;

    Timers(Instant start) {
        now = start;
    }

    Instant now() {
        return now;
    }

    void at(Instant due, Runnable action) {
        waiting.add(new Timer(due, ordinal++, action));
    }

    Optional<Instant> nextDue() {
        return Optional.ofNullable(waiting.peek()).map(Timer::due);
    }

    /// Takes one step towards `goal`: does the first thing that is due by then, at its time.
    ///
    /// @return whether there may be more
    boolean step(Instant goal) {
        Timer first = waiting.peek();
        if (first == null || first.due().isAfter(goal)) {
            now = goal.isAfter(now) ? goal : now;
            return false;
        }
        waiting.remove();
        now = first.due().isAfter(now) ? first.due() : now;
        first.action().run();
        return true;
    }
}
