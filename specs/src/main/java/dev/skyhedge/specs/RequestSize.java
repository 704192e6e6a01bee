package dev.skyhedge.specs;

import java.util.Comparator;

/// A class of requests by size.
///
/// @param inputTokens the longest prompt of the class; at least 1
/// @param outputTokens the longest answer of the class; at least 1
public record RequestSize(int inputTokens, int outputTokens) implements Comparable<RequestSize> {
    private static final Comparator<RequestSize> ORDER =
            Comparator.comparingInt(RequestSize::inputTokens).thenComparingInt(RequestSize::outputTokens);

    public RequestSize {
        if (inputTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException(
                    "A size has at least one token each way, not " + inputTokens + " in and " + outputTokens + " out");
        }
    }

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException if the text is none
    public static RequestSize parse(String text) {
        int slash = text.indexOf('/');
        return new RequestSize(
                Integer.parseInt(text.substring(0, Math.max(0, slash))), Integer.parseInt(text.substring(slash + 1)));
    }

    /// For people: `up to 500 tokens in and 250 out`.
    public String text() {
        return "up to " + inputTokens + " tokens in and " + outputTokens + " out";
    }

    @Override
    public int compareTo(RequestSize other) {
        return ORDER.compare(this, other);
    }

    /// `500/250`.
    @Override
    public String toString() {
        return inputTokens + "/" + outputTokens;
    }
}
