package dev.skyhedge.engine.retraining;

/// A training that has begun. Its share stays until it has really ended, whatever was expected of it.
///
/// @param option with the GPU-seconds that were expected of all of it
/// @param share of a GPU
/// @param doneGpuSeconds so far
public record RunningTraining(TrainingOption option, double share, double doneGpuSeconds) {
    /// What is taken to be left of a training that ought to have ended, at least.
    private static final double LEAST_LEFT = 0.05;

    /// Seconds until it is expected to end. One that is overdue is expected to need as much again as it is over.
    double secondsLeft() {
        double left = Math.abs(option.gpuSeconds() - doneGpuSeconds);
        return Math.max(left, LEAST_LEFT * option.gpuSeconds()) / share;
    }
}
