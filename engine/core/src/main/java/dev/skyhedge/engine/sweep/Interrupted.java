package dev.skyhedge.engine.sweep;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// Trials that were running when they lost their machine: they go on before anything else, in the order of their
/// losses.
final class Interrupted {
    private final Queue<Trial> waiting = new ArrayDeque<>();

    void add(Trial trial) {
        waiting.add(trial);
    }

    Optional<Trial> next() {
        waiting.removeIf(trial -> trial.status != Trial.Status.PAUSED);
        return Optional.ofNullable(waiting.poll());
    }
}
