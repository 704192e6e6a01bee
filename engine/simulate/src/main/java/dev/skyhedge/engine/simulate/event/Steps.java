package dev.skyhedge.engine.simulate.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A whole number over time: each value holds from its step until the next one. Immutable.
///
/// @param steps in order of time, each with another value than the one before
public record Steps(List<Step> steps) {
    /// A value and when it began.
    ///
    /// @param at since the beginning
    /// @param value from then on
    public record Step(Duration at, long value) {}

    public Steps {
        steps = List.copyOf(steps);
    }

    /// Collects steps in the order of time. Of several values for the same time the last one counts.
    public static final class Builder {
        private final List<Step> steps = new ArrayList<>();

        public void add(Duration at, long value) {
            if (!steps.isEmpty() && steps.getLast().at().equals(at)) {
                steps.removeLast();
            }
            if (steps.isEmpty() || steps.getLast().value() != value) {
                steps.add(new Step(at, value));
            }
        }

        public Steps build() {
            return new Steps(steps);
        }
    }
}
