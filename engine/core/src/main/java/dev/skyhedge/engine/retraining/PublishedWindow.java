package dev.skyhedge.engine.retraining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A window as the simulator that was released with Ekya goes through it: what a training leaves is
/// divided equally among the other trainings and everybody's serving, so that shares of trainings grow
/// while they run; what had no share is given none. For comparison alone.
public final class PublishedWindow {
    private final double seconds;
    private final InferenceProfile profile;
    private final Arithmetic arithmetic;
    private final double[] starts;

    /// How a mean is taken over the window.
    public enum Arithmetic {
        /// As released: at every whole second from the beginning to the end, both included, when what ends in a second
        /// counts from the next.
        WHOLE_SECONDS,
        /// Over time.
        CONTINUOUS
    }

    /// What everybody has at the beginning.
    ///
    /// @param training shares by stream, 0 without a training
    /// @param inference shares by stream
    public record Shares(List<Double> training, List<Double> inference) {
        public Shares {
            training = List.copyOf(training);
            inference = List.copyOf(inference);
        }

        /// Half for trainings and half for serving, each the same.
        public static Shares equal(int streams, double gpus) {
            Double share = gpus / (2 * streams);
            List<Double> all =
                    Arrays.stream(new double[streams]).mapToObj(none -> share).toList();
            return new Shares(all, all);
        }
    }

    /// @param seconds a whole number of them
    /// @param starts accuracies of the streams' models
    public PublishedWindow(double seconds, InferenceProfile profile, Arithmetic arithmetic, List<Double> starts) {
        this.seconds = seconds;
        this.profile = profile;
        this.arithmetic = arithmetic;
        this.starts = starts.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The mean accuracy that is served to each stream.
    ///
    /// @param trainings by stream
    public List<Double> served(List<Optional<TrainingOption>> trainings, Shares shares) {
        int streams = starts.length;
        double[] training =
                shares.training().stream().mapToDouble(Double::doubleValue).toArray();
        double[] inference =
                shares.inference().stream().mapToDouble(Double::doubleValue).toArray();
        double[] accuracies = starts.clone();
        double[] left = new double[streams];
        for (int i = 0; i < streams; i++) {
            left[i] = training[i] > 0
                    ? trainings.get(i).map(TrainingOption::gpuSeconds).orElse(0.0)
                    : 0;
        }
        double[] sums = new double[streams];
        double now = 0;
        double counted = 0;
        while (true) {
            int next = first(left, training);
            double end = next < 0 ? Double.POSITIVE_INFINITY : now + left[next] / training[next];
            double until = Math.min(end, seconds);
            double upTo = end > seconds ? all() : samples(until);
            for (int i = 0; i < streams; i++) {
                sums[i] += (upTo - counted) * accuracies[i] * profile.factor(inference[i]);
            }
            counted = upTo;
            if (next < 0 || end > seconds) {
                return Arrays.stream(sums).mapToObj(sum -> sum / all()).toList();
            }
            for (int i = 0; i < streams; i++) {
                left[i] = i == next || left[i] <= 0 ? 0 : left[i] - (end - now) * training[i];
            }
            accuracies[next] =
                    trainings.get(next).map(TrainingOption::accuracyAfter).orElse(accuracies[next]);
            release(next, left, training, inference);
            now = end;
        }
    }

    private double all() {
        return arithmetic == Arithmetic.WHOLE_SECONDS ? seconds + 1 : seconds;
    }

    private double samples(double until) {
        return arithmetic == Arithmetic.WHOLE_SECONDS ? Math.floor(until) + 1 : until;
    }

    private static int first(double[] left, double[] training) {
        int first = -1;
        for (int i = 0; i < left.length; i++) {
            if (left[i] > 0 && (first < 0 || left[i] / training[i] < left[first] / training[first])) {
                first = i;
            }
        }
        return first;
    }

    private static void release(int ended, double[] left, double[] training, double[] inference) {
        long others = Arrays.stream(left).filter(one -> one > 0).count();
        double each = training[ended] / (others + inference.length);
        training[ended] = 0;
        for (int i = 0; i < inference.length; i++) {
            inference[i] += each;
            training[i] += left[i] > 0 ? each : 0;
        }
    }

    /// The mean over streams.
    public double mean(List<Optional<TrainingOption>> trainings, Shares shares) {
        return served(trainings, shares).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /// For each stream the training that, alone on the shares that it has, serves best; those that come out worse than
    /// the model that is there are not looked at.
    static List<Optional<TrainingOption>> bestAlone(Situation situation, Arithmetic arithmetic, Shares shares) {
        List<Optional<TrainingOption>> chosen = new ArrayList<>();
        for (int i = 0; i < situation.streams().size(); i++) {
            RetrainedStream stream = situation.streams().get(i);
            PublishedWindow alone = new PublishedWindow(
                    situation.seconds(), situation.profile(), arithmetic, List.of(stream.accuracy()));
            Shares own = new Shares(
                    List.of(shares.training().get(i)),
                    List.of(shares.inference().get(i)));
            Optional<TrainingOption> best = Optional.empty();
            double most = Double.NEGATIVE_INFINITY;
            for (TrainingOption option : stream.options()) {
                double mean = alone.mean(List.of(Optional.of(option)), own);
                if (option.accuracyAfter() >= stream.accuracy() && mean > most) {
                    best = Optional.of(option);
                    most = mean;
                }
            }
            chosen.add(best);
        }
        return chosen;
    }
}
