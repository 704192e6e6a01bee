package dev.skyhedge.engine.accelerators;

import java.util.Comparator;

/// A class of requests by size.
///
/// @param inputTokens the longest prompt of the class; above 0
/// @param outputTokens the longest answer of the class; above 0
public record Bucket(int inputTokens, int outputTokens) implements Comparable<Bucket> {
    private static final Comparator<Bucket> ORDER =
            Comparator.comparingInt(Bucket::inputTokens).thenComparingInt(Bucket::outputTokens);

    public Bucket {
        if (inputTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException(
                    "A bucket has at least one token each way: " + inputTokens + "/" + outputTokens);
        }
    }

    @Override
    public int compareTo(Bucket other) {
        return ORDER.compare(this, other);
    }

    /// `input/output`.
    @Override
    public String toString() {
        return inputTokens + "/" + outputTokens;
    }
}
