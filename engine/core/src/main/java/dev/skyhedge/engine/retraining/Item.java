package dev.skyhedge.engine.retraining;

/// A training in a timeline.
///
/// @param stream by its place in the situation
/// @param seconds from when it begins, or from now, until it is expected to end
/// @param begun whether it runs already: then it is the first of its lane, and nothing of it can be changed
record Item(int stream, TrainingOption option, double share, double seconds, boolean begun) {
    /// One that has not begun.
    Item(int stream, TrainingOption option, double share) {
        this(stream, option, share, option.gpuSeconds() / share, false);
    }

    /// The same on another share.
    Item with(double other) {
        return new Item(stream, option, other);
    }
}
