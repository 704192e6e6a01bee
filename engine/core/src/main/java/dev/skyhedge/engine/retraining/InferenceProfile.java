package dev.skyhedge.engine.retraining;

/// What is left of a model's accuracy when it serves its stream on a share of a GPU.
@FunctionalInterface
public interface InferenceProfile {
    /// @param share of one GPU, at least 0
    /// @return from 0 to 1, never less for a larger share
    double factor(double share);
}
