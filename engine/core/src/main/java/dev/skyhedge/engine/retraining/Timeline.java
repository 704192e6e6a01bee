package dev.skyhedge.engine.retraining;

import dev.skyhedge.engine.retraining.WindowPlan.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What comes of lanes of trainings: those of a lane run one after the other, each on its share, and what no training
/// has is for serving. What runs already is the first of its lane. An accuracy jumps when its training ends. Knows
/// every phase that it has seen, so that a plan
/// that differs from another in two trainings costs no more than where it differs.
final class Timeline {
    static final double NOT_ALLOWED = -1;

    private static final double TOLERANCE = 1e-9;

    private final Situation situation;
    private final InferenceAllocation allocation;
    private final double[] accuracies;
    private final double allWeights;
    private final List<List<Item>> begun = new ArrayList<>();
    private final Map<Long, Double> known = new HashMap<>();

    /// Divides what is left for serving.
    @FunctionalInterface
    interface Division {
        /// @return shares by stream; none if the floor cannot be held
        double[] of(double capacity, double[] accuracies);
    }

    /// Told of every phase.
    @FunctionalInterface
    private interface Visitor {
        /// @return the weighted sum of served accuracies; NaN ends the walk
        double visit(double from, double until, double capacity, Item[] trained, double[] ends, double[] current);
    }

    Timeline(Situation situation) {
        this.situation = situation;
        allocation = new InferenceAllocation(situation);
        List<RetrainedStream> streams = situation.streams();
        accuracies = streams.stream().mapToDouble(RetrainedStream::accuracy).toArray();
        allWeights = streams.stream().mapToDouble(RetrainedStream::weight).sum();
        for (int i = 0; i < streams.size(); i++) {
            int stream = i;
            streams.get(i)
                    .running()
                    .ifPresent(training -> begun.add(List.of(
                            new Item(stream, training.option(), training.share(), training.secondsLeft(), true))));
        }
    }

    InferenceAllocation allocation() {
        return allocation;
    }

    /// A lane for each training that runs already: what every plan has.
    List<List<Item>> begun() {
        return List.copyOf(begun);
    }

    /// What trainings have that run already.
    double pinned() {
        return begun.stream().mapToDouble(lane -> lane.getFirst().share()).sum();
    }

    /// The mean accuracy, nearly; [#NOT_ALLOWED] where a floor breaks, more is given than there is, or a training
    /// would not end in time.
    double score(List<List<Item>> lanes) {
        double sum = walk(lanes, false, (from, until, capacity, trained, ends, current) -> value(capacity, current));
        return Double.isNaN(sum) ? NOT_ALLOWED : sum;
    }

    /// The plan, if it is allowed.
    Optional<WindowPlan> plan(List<List<Item>> lanes, Division division) {
        return plan(lanes, division, false);
    }

    /// The same where trainings may be under way when the window ends, and gain nothing.
    Optional<WindowPlan> planThatMayBeLate(List<List<Item>> lanes, Division division) {
        return plan(lanes, division, true);
    }

    private Optional<WindowPlan> plan(List<List<Item>> lanes, Division division, boolean mayBeLate) {
        List<Phase> phases = new ArrayList<>();
        double mean = walk(lanes, mayBeLate, (from, until, capacity, trained, ends, current) -> {
            double[] shares = division.of(capacity, current);
            double value = shares.length == 0 ? Double.NaN : allocation.value(shares, current);
            if (!Double.isNaN(value) && until > from) {
                phases.add(new Phase(from, until, trainings(trained, ends), named(shares)));
            }
            return value;
        });
        if (Double.isNaN(mean)) {
            return Optional.empty();
        }
        List<List<PlannedTraining>> ahead = lanes.stream()
                .map(lane -> lane.stream().map(this::planned).toList())
                .toList();
        return Optional.of(new WindowPlan(phases, ahead, mean));
    }

    private double walk(List<List<Item>> lanes, boolean mayBeLate, Visitor visitor) {
        int count = lanes.size();
        double[] ends = new double[count];
        int[] at = new int[count];
        Item[] trained = new Item[count];
        double capacity = situation.gpus();
        for (int i = 0; i < count; i++) {
            Item item = lanes.get(i).getFirst();
            ends[i] = item.seconds();
            capacity -= item.share();
            trained[i] = item;
        }
        double[] current = accuracies.clone();
        double now = 0;
        double sum = 0;
        while (true) {
            int next = earliest(ends);
            double until = next < 0 ? situation.seconds() : Math.min(ends[next], situation.seconds());
            double value = capacity < -TOLERANCE
                    ? Double.NaN
                    : visitor.visit(now, until, Math.max(0, capacity), trained, ends, current);
            if (Double.isNaN(value)) {
                return value;
            }
            sum += value * (until - now);
            now = until;
            if (next < 0 || ends[next] > situation.seconds()) {
                return !mayBeLate && isLate(lanes, ends) ? Double.NaN : sum / situation.seconds() / allWeights;
            }
            Item done = trained[next];
            capacity += done.share();
            current[done.stream()] =
                    Math.max(current[done.stream()], done.option().accuracyAfter());
            if (++at[next] < lanes.get(next).size()) {
                Item begun = lanes.get(next).get(at[next]);
                capacity -= begun.share();
                trained[next] = begun;
                ends[next] = now + begun.seconds();
            } else {
                ends[next] = Double.POSITIVE_INFINITY;
            }
        }
    }

    /// Whether something that is planned has not ended. What ran before may be late.
    private static boolean isLate(List<List<Item>> lanes, double[] ends) {
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] < Double.POSITIVE_INFINITY && !lanes.get(i).getLast().begun()) {
                return true;
            }
        }
        return false;
    }

    private static int earliest(double[] ends) {
        int first = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] < least) {
                least = ends[i];
                first = i;
            }
        }
        return first;
    }

    private double value(double capacity, double[] current) {
        long key = mixed(Double.doubleToLongBits(Math.rint(capacity * 1e9)));
        for (int i = 0; i < current.length; i++) {
            if (current[i] != accuracies[i]) {
                key ^= mixed(Double.doubleToLongBits(current[i]) + 31L * (i + 1));
            }
        }
        Double seen = known.get(key);
        if (seen == null) {
            seen = allocation.quick(capacity, current);
            known.put(key, seen);
        }
        return seen;
    }

    /// SplitMix64's finaliser: two different phases with the same key are not to be expected in a lifetime.
    private static long mixed(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// Those that have not ended.
    private SequencedMap<String, PlannedTraining> trainings(Item[] trained, double[] ends) {
        SequencedMap<String, PlannedTraining> named = new LinkedHashMap<>();
        for (int i = 0; i < trained.length; i++) {
            if (ends[i] < Double.POSITIVE_INFINITY) {
                PlannedTraining training = planned(trained[i]);
                named.put(training.stream(), training);
            }
        }
        return named;
    }

    private SequencedMap<String, Double> named(double[] shares) {
        SequencedMap<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < shares.length; i++) {
            named.put(situation.streams().get(i).name(), shares[i]);
        }
        return named;
    }

    private PlannedTraining planned(Item item) {
        return new PlannedTraining(situation.streams().get(item.stream()).name(), item.option(), item.share());
    }
}
