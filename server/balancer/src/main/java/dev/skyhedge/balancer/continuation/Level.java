package dev.skyhedge.balancer.continuation;

import java.util.Locale;

/// How well a stream can go on from another replica, worst first.
public enum Level {
    /// Not at all.
    NONE,
    /// From the text that the client has, which the next replica reads as tokens of its own choice.
    TEXT,
    /// From the very tokens, but what follows is drawn anew.
    RESAMPLE,
    /// From the very tokens, and what follows is what would have followed.
    EXACT;

    /// As it is told in headers and metrics.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Level atMost(Level other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
