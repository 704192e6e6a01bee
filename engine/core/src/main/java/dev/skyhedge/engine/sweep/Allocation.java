package dev.skyhedge.engine.sweep;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who gets how many atoms, and when a running trial changes to its share: HyperSched's resource allocator. A trial
/// that is restarted loses the time of a start, so that it has to be worth it until the deadline.
final class Allocation {
    private static final Comparator<Trial> BEST =
            Comparator.<Trial>comparingDouble(trial -> trial.last).reversed().thenComparing(trial -> trial.order);

    private final SweepSettings settings;
    private final Experience experience;
    /// Reports until a running trial may change; below 0 it may.
    private final Map<Trial, Integer> untilChange = new HashMap<>();

    Allocation(SweepSettings settings, Experience experience) {
        this.settings = settings;
        this.experience = experience;
    }

    void leave(Trial trial) {
        untilChange.remove(trial);
    }

    void restarted(Trial trial) {
        untilChange.put(trial, settings.recharge());
    }

    /// The trial has reported and goes on.
    ///
    /// @param running all trials that run
    /// @return what it is to run on from now; its atoms if that stays
    int atoms(Trial trial, List<Trial> running, double now, int free) {
        boolean known = untilChange.containsKey(trial);
        running.forEach(one -> untilChange.putIfAbsent(one, settings.recharge()));
        int left = untilChange.merge(trial, known ? -1 : 0, Integer::sum);
        if (left >= 0) {
            return trial.atoms;
        }
        int wanted = allowed(target(trial, running));
        return wanted != trial.atoms && wanted - trial.atoms <= free && pays(trial.atoms, wanted, now)
                ? wanted
                : trial.atoms;
    }

    /// Whether a running trial may change by now, and would gain by more atoms.
    ///
    /// @param free atoms that it could have
    boolean canGrow(Trial trial, double now, int free) {
        return untilChange.getOrDefault(trial, 0) < 0
                && settings.atomsAllowed().stream()
                        .anyMatch(size ->
                                size > trial.atoms && size - trial.atoms <= free && pays(trial.atoms, size, now));
    }

    /// The most that is allowed and not more than so many.
    private int allowed(int atoms) {
        int most = 1;
        for (int size : settings.atomsAllowed()) {
            most = size <= atoms ? size : most;
        }
        return most;
    }

    private int target(Trial trial, List<Trial> running) {
        int most = settings.mostOfOneTrial();
        int left = settings.atoms() - running.size();
        List<Trial> order = running.stream().sorted(BEST).toList();
        boolean isBest = trial == order.getFirst();
        return switch (settings.reallocation()) {
            case NONE -> trial.atoms;
            case TOP -> isBest ? Math.min(most, 1 + left) : 1;
            case SOFTMAX -> Math.min(most, 1 + softmax(order, left, trial));
            case UNIFORM -> shares(order, left, most).getOrDefault(trial, 1);
        };
    }

    private static int softmax(List<Trial> order, int left, Trial trial) {
        double most = order.getFirst().last;
        double all = order.stream().mapToDouble(one -> weight(one, most)).sum();
        int others = order.stream()
                .skip(1)
                .mapToInt(one -> (int) (weight(one, most) / all * left))
                .sum();
        return trial == order.getFirst() ? left - others : (int) (weight(trial, most) / all * left);
    }

    /// Relative to the best, so that no exponential is too large for a number.
    private static double weight(Trial trial, double most) {
        return trial.last == most ? 1 : Math.exp(trial.last - most);
    }

    /// One atom each, and what is left one by one in turn, from the best.
    private static Map<Trial, Integer> shares(List<Trial> order, int left, int most) {
        Map<Trial, Integer> shares = new HashMap<>();
        order.forEach(trial -> shares.put(trial, 1));
        int room = left;
        for (int share = 2; share <= most && room > 0; share++) {
            for (Trial trial : order.subList(0, Math.min(room, order.size()))) {
                shares.put(trial, share);
            }
            room -= Math.min(room, order.size());
        }
        return shares;
    }

    /// Whether more is done until the deadline after a restart on so many. Fewer atoms are others' gain.
    private boolean pays(int atoms, int wanted, double now) {
        double remaining = settings.deadline() - now;
        if (remaining <= 0) {
            return false;
        }
        double gain = settings.scaling().of(wanted)
                * (remaining - experience.startup())
                / (remaining * settings.scaling().of(atoms));
        return wanted < atoms || gain > settings.minGain();
    }
}
