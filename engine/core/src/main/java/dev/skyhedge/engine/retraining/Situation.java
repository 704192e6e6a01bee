package dev.skyhedge.engine.retraining;

import java.util.List;

/// What a scheduler is asked about: a window that begins, or what is left of one when a training has ended.
///
/// @param seconds that are left of the window
/// @param gpus to be divided, above 0
/// @param minAccuracy that every stream is served with at every instant, from 0 to 1
/// @param profile what a share does to accuracy
/// @param streams in a fixed order
/// @param earlier lanes of an earlier plan; what of them has ended or begun since is known. Empty if there is none
public record Situation(
        double seconds,
        double gpus,
        double minAccuracy,
        InferenceProfile profile,
        List<RetrainedStream> streams,
        List<List<PlannedTraining>> earlier) {
    public Situation {
        streams = List.copyOf(streams);
        earlier = earlier.stream().map(List::copyOf).toList();
        if (!(seconds > 0) || !(gpus > 0) || streams.isEmpty()) {
            throw new IllegalArgumentException(seconds + " seconds, " + gpus + " GPUs, " + streams.size() + " streams");
        }
    }

    Situation withGpus(double other) {
        return new Situation(seconds, other, minAccuracy, profile, streams, earlier);
    }
}
