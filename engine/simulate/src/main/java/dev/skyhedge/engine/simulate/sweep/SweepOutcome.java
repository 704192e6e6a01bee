package dev.skyhedge.engine.simulate.sweep;

import java.util.List;
import java.util.Optional;

/// What came of a simulated sweep.
///
/// @param best the best report by the deadline; empty if there was none
/// @param started how many trials were begun
/// @param events everything that happened, in its order
public record SweepOutcome(Optional<Best> best, int started, List<Event> events) {
    public SweepOutcome {
        events = List.copyOf(events);
    }

    /// The best report.
    ///
    /// @param at in seconds since the sweep began
    public record Best(double value, String trial, int iteration, double at) {}

    /// What happened to a trial.
    public enum Kind {
        START,
        PAUSE,
        RESIZE,
        COMPLETE,
        PREEMPTED
    }

    /// One thing that happened.
    ///
    /// @param at in seconds since the sweep began
    /// @param number of atoms that it runs on from now, or of iterations that it has done
    /// @param reason for people
    public record Event(double at, Kind kind, String trial, int number, String reason) {}

    /// How often trials were restarted on another number of atoms.
    public long resizes() {
        return events.stream().filter(event -> event.kind() == Kind.RESIZE).count();
    }
}
