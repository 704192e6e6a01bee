package dev.skyhedge.spi;

import java.time.Duration;

/// A back-off: how long to leave something alone that failed, twice as long each time in a row up to a limit. For
/// that of a failed launch see `LaunchBackOff` in the engine.
///
/// @param first after one failure, above zero
/// @param longest at least as long as the first
public record BackOff(Duration first, Duration longest) {
    public BackOff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("A back-off from " + first + " to " + longest);
        }
    }

    /// How long to wait after so many failures in a row; zero after none.
    ///
    /// @param failures at least 0
    public Duration after(int failures) {
        Duration wait = failures > 0 ? first : Duration.ZERO;
        for (int doubled = 1; doubled < failures && wait.compareTo(longest) < 0; doubled++) {
            wait = longer(wait);
        }
        return wait;
    }

    /// The same with jitter, in whole milliseconds, so that those that failed together do not come back together.
    ///
    /// @param share of the wait, from 0 to 1, drawn by the caller
    public Duration after(int failures, double share) {
        return Duration.ofMillis((long) (after(failures).toMillis() * share));
    }

    /// The wait after this one.
    public Duration longer(Duration wait) {
        Duration half = longest.dividedBy(2);
        return wait.compareTo(half) > 0 ? longest : wait.multipliedBy(2);
    }
}
