package dev.skyhedge.engine.retraining;

/// One way to retrain a stream's model, with what is expected of it.
///
/// @param config its name
/// @param gpuSeconds on one whole GPU, above 0; on a share of it so much longer
/// @param accuracyAfter of the model that comes out, from 0 to 1
public record TrainingOption(String config, double gpuSeconds, double accuracyAfter) {
    public TrainingOption {
        if (!(gpuSeconds > 0)) {
            throw new IllegalArgumentException(config + " takes " + gpuSeconds + " GPU-seconds");
        }
    }
}
