package dev.skyhedge.engine.simulate.deadline;

import java.util.List;

/// How a job went.
///
/// @param met whether it was done by its deadline
/// @param finishedHours when it was done; the deadline if it was not
/// @param instances dollars for instances
/// @param probes dollars for probes
/// @param transfers dollars for moved checkpoints
/// @param launches how many instances there were
/// @param losses how many were taken back
/// @param onDemandHours that were billed
/// @param events in order of time
public record DeadlineOutcome(
        boolean met,
        double finishedHours,
        double instances,
        double probes,
        double transfers,
        int launches,
        int losses,
        double onDemandHours,
        List<Event> events) {
    /// Something that was done, or that happened.
    public record Event(double atHours, String what) {}

    public DeadlineOutcome {
        events = List.copyOf(events);
    }

    /// All dollars.
    public double cost() {
        return instances + probes + transfers;
    }
}
