package dev.skyhedge.engine.sweep;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All trials of a sweep, in the order in which they are begun.
final class Trials {
    /// The best report so far; of equal ones the one that comes first is the best.
    static final Comparator<Trial> BY_BEST = Comparator.<Trial>comparingDouble(trial -> trial.best)
            .thenComparing(trial -> trial.order, Comparator.reverseOrder());

    private final SequencedMap<String, Trial> all = new LinkedHashMap<>();
    /// The same as a list, of which those that were begun are skipped.
    private final List<Trial> inOrder;
    private final SortedSet<Trial> running = new TreeSet<>(Comparator.comparingInt(trial -> trial.order));
    /// So many were begun.
    private int begun;

    Trials(Collection<String> names) {
        names.forEach(name -> all.put(name, new Trial(name, all.size())));
        this.inOrder = List.copyOf(all.values());
    }

    Trial get(String name) {
        return Optional.ofNullable(all.get(name)).orElseThrow();
    }

    void start(Trial trial, double now, int atoms) {
        begun += trial.status == Trial.Status.PENDING ? 1 : 0;
        trial.start(now, atoms);
        running.add(trial);
    }

    void leave(Trial trial, Trial.Status status) {
        trial.status = status;
        running.remove(trial);
    }

    /// Those that run, in the order in which trials are begun.
    List<Trial> running() {
        return List.copyOf(running);
    }

    /// The next one that never ran. They are begun in their order, so that none before it is left.
    Optional<Trial> pending() {
        return inOrder.subList(begun, inOrder.size()).stream()
                .filter(trial -> trial.status == Trial.Status.PENDING)
                .findFirst();
    }

    Stream<Trial> paused() {
        return all.values().stream().filter(trial -> trial.status == Trial.Status.PAUSED);
    }

    void giveUpAllThatWait() {
        all.values().stream()
                .filter(trial -> trial.status == Trial.Status.PENDING || trial.status == Trial.Status.PAUSED)
                .forEach(trial -> trial.status = Trial.Status.ENDED);
    }
}
