package dev.skyhedge.engine.retraining;

/// A training in a timeline.
///
/// @param stream by its place in the situation
record Item(int stream, TrainingOption option, double share) {
    double seconds() {
        return option.gpuSeconds() / share;
    }

    Item with(double other) {
        return new Item(stream, option, other);
    }
}
