package dev.skyhedge.engine.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/// A milestone at which trials are compared: with the value of the first time at which they crossed it.
final class Rung {
    private static final Comparator<Trial> FIRST = Comparator.comparingInt(trial -> trial.order);

    final int milestone;
    private final int reductionFactor;
    private final Map<Trial, Double> recorded = new HashMap<>();
    private final OrderStatistics values = new OrderStatistics();
    /// From the best to the worst; what counts for each of them does not change any more.
    private final SortedSet<Trial> paused = new TreeSet<>(
            Comparator.<Trial>comparingDouble(this::valueOf).reversed().thenComparing(FIRST));

    Rung(int milestone, int reductionFactor) {
        this.milestone = milestone;
        this.reductionFactor = reductionFactor;
    }

    /// The rungs from the highest to the lowest, a factor apart.
    ///
    /// @param above how many rungs there are above the last one that can be reached
    static List<Rung> ladder(SweepSettings settings, int above) {
        List<Rung> rungs = new ArrayList<>();
        long milestone = settings.gracePeriod();
        int more = above;
        while (milestone <= settings.maxIterations() || more-- > 0) {
            rungs.addFirst(new Rung((int) Math.min(milestone, Integer.MAX_VALUE), settings.reductionFactor()));
            milestone *= settings.reductionFactor();
        }
        return rungs;
    }

    /// The value at the first crossing, which is this one unless there was one before.
    double record(Trial trial, double value) {
        Double first = recorded.putIfAbsent(trial, value);
        if (first == null) {
            values.add(value);
        }
        return first == null ? value : first;
    }

    boolean has(Trial trial) {
        return recorded.containsKey(trial);
    }

    /// What one has to have to be of the best; empty before two have crossed.
    OptionalDouble cutoff() {
        return values.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(values.percentile(1 - 1.0 / reductionFactor));
    }

    /// Whether the trial is among the best one of so many.
    boolean isTop(Trial trial) {
        long better = recorded.entrySet().stream()
                .filter(entry -> isBefore(entry.getKey(), entry.getValue(), trial))
                .count();
        return better < recorded.size() / reductionFactor;
    }

    private boolean isBefore(Trial other, double value, Trial trial) {
        int compared = Double.compare(value, valueOf(trial));
        return compared > 0 || (compared == 0 && other.order < trial.order);
    }

    private double valueOf(Trial trial) {
        return recorded.getOrDefault(trial, Double.NEGATIVE_INFINITY);
    }

    /// The trial waits here.
    ///
    /// @return why, for people
    String pause(Trial trial) {
        paused.add(trial);
        return "others were better at iteration " + milestone;
    }

    void forget(Trial trial) {
        paused.remove(trial);
    }

    /// The best one that was cut here and waits: where it may not go on, no other may.
    Optional<Trial> bestThatWaits() {
        return paused.stream()
                .filter(trial -> trial.status == Trial.Status.PAUSED)
                .findFirst();
    }

    /// Whether its value at this rung is enough by now.
    boolean reaches(Trial trial) {
        OptionalDouble cutoff = cutoff();
        return cutoff.isPresent() && valueOf(trial) >= cutoff.getAsDouble();
    }
}
