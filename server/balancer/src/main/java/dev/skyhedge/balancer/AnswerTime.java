package dev.skyhedge.balancer;

/// How long good answers of a service take, as a moving mean. Thread-safe: of two answers in the same moment one
/// may be lost.
final class AnswerTime {
    /// Bounds of what it says, so that a service of very short or very long answers stays sensible.
    static final double MIN_NANOS = 1e9;

    static final double MAX_NANOS = 60e9;

    /// What it says before anything was answered.
    static final double UNKNOWN_NANOS = 10e9;

    private static final double WEIGHT_OF_ONE = 1.0 / 16;

    private volatile double mean = -1;

    void record(long nanos) {
        double before = mean;
        mean = before < 0 ? nanos : before + WEIGHT_OF_ONE * (nanos - before);
    }

    double nanos() {
        double known = mean;
        return known < 0 ? UNKNOWN_NANOS : Math.clamp(known, MIN_NANOS, MAX_NANOS);
    }
}
