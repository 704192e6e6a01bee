package dev.skyhedge.engine.retraining;

import java.util.List;
import java.util.Optional;

/// A stream with the model that serves it.
///
/// @param accuracy of that model on this window's data, from 0 to 1
/// @param weight in the mean over streams, above 0
/// @param options how it may be retrained in what is left of the window; empty once it was
/// @param running the training that is under way; then its options count for nothing
public record RetrainedStream(
        String name, double accuracy, double weight, List<TrainingOption> options, Optional<RunningTraining> running) {
    public RetrainedStream {
        options = List.copyOf(options);
        if (!(weight > 0)) {
            throw new IllegalArgumentException("stream " + name + " has the weight " + weight);
        }
    }

    /// One of many alike, of which none is being retrained.
    public RetrainedStream(String name, double accuracy, List<TrainingOption> options) {
        this(name, accuracy, 1, options, Optional.empty());
    }
}
