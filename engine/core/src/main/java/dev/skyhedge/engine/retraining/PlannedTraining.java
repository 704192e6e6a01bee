package dev.skyhedge.engine.retraining;

/// A training that is to begin.
///
/// @param share of a GPU, which it keeps until it has ended
public record PlannedTraining(String stream, TrainingOption option, double share) {}
