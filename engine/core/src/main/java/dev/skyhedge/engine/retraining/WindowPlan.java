package dev.skyhedge.engine.retraining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// How a window is expected to go. Only its first phase is carried out: when a training has really ended, the
/// scheduler is asked again.
///
/// @param phases one after the other until the end of the window; in none more is given than there is
/// @param lanes of trainings, one after the other in each; what runs already is the first of its lane
/// @param meanAccuracy that is expected to be served, the mean over time and, by weight, over streams
public record WindowPlan(List<Phase> phases, List<List<PlannedTraining>> lanes, double meanAccuracy) {
    public WindowPlan {
        phases = List.copyOf(phases);
        lanes = lanes.stream().map(List::copyOf).toList();
    }

    /// A time in which nothing begins or ends.
    ///
    /// @param from in seconds from now
    /// @param trainings that run, by stream, those included that ran before
    /// @param inference shares by stream
    public record Phase(
            double from,
            double until,
            SequencedMap<String, PlannedTraining> trainings,
            SequencedMap<String, Double> inference) {
        public Phase {
            trainings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(trainings));
            inference = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inference));
        }

        /// Of all GPUs.
        public double given() {
            return sum(inference)
                    + trainings.values().stream()
                            .mapToDouble(PlannedTraining::share)
                            .sum();
        }

        private static double sum(Map<String, Double> shares) {
            return shares.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }
}
