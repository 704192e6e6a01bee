package dev.skyhedge.engine.control;

import java.time.Duration;
import java.time.Instant;

/// Tells time that somebody lived through from time that only the clock says has passed. Durations that
/// decide over replicas are made of the former. An object belongs to one controller; not thread-safe.
@FunctionalInterface
public interface Attention {
    /// How much more time has passed by the clock since the last question than was lived through; negative
    /// if the clock was set back.
    Duration lost(Instant now);

    /// For a clock that nobody sets, in a process that never stands still.
    static Attention undivided() {
        return _ -> Duration.ZERO;
    }

    /// That of this process: it finds out when the clock is set, and when it or its machine stood still.
    ///
    /// @param longest time between two questions while all is well
    static Attention ofThisProcess(Duration longest) {
        return new MeasuredAttention(System::nanoTime, longest);
    }
}
