package dev.skyhedge.engine.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/// The rate of requests over a sliding window, from samples of a counter that only grows. Not thread-safe.
public final class RequestRate {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Duration window;

    private record Sample(Instant at, long arrivals) {}

    /// @param window longest time that counts, above zero
    public RequestRate(Duration window) {
        this.window = window;
    }

    /// From the next sample on.
    public void window(Duration next) {
        window = next;
    }

    /// Takes a sample.
    ///
    /// @param at not before the last one
    /// @param arrivals requests that have come in all
    /// @return requests per second over the window, or over the time since the first sample if that is shorter;
    ///     empty for the first one
    public OptionalDouble sample(Instant at, long arrivals) {
        Instant windowStart = at.minus(window);
        while (samples.size() > 1 && !samples.getFirst().at().isAfter(windowStart)) {
            samples.removeFirst();
        }
        Sample now = new Sample(at, arrivals);
        samples.addLast(now);
        Sample first = samples.getFirst();
        if (samples.size() == 1) {
            return OptionalDouble.empty();
        }
        long nanos = Duration.between(first.at(), at).toNanos();
        return OptionalDouble.of(nanos <= 0 ? 0 : (arrivals - first.arrivals()) / (nanos / NANOS_PER_SECOND));
    }
}
