package dev.skyhedge.engine.deadline;

import java.util.ArrayList;
import java.util.List;

/// What a job has seen of a zone's spot market. Immutable.
///
/// @param sightings in order of time: launches that succeeded or failed, probes, and losses
/// @param runs own instances that have ended, in order of time
public record ZoneHistory(List<Sighting> sightings, List<Run> runs) {
    /// Nothing seen.
    public static final ZoneHistory NONE = new ZoneHistory(List.of(), List.of());

    /// Whether there was room at that time.
    public record Sighting(double atHours, boolean available) {}

    /// An own spot instance.
    ///
    /// @param lost whether it was taken back, rather than given back
    public record Run(double fromHours, double toHours, boolean lost) {
        double hours() {
            return toHours - fromHours;
        }
    }

    public ZoneHistory {
        sightings = List.copyOf(sightings);
        runs = List.copyOf(runs);
    }

    /// The same after one more sighting.
    public ZoneHistory seen(double atHours, boolean available) {
        return new ZoneHistory(appended(sightings, new Sighting(atHours, available)), runs);
    }

    /// The same after one more own instance.
    public ZoneHistory ran(Run run) {
        return new ZoneHistory(sightings, appended(runs, run));
    }

    /// Whether a launch or a probe has failed at that very time.
    boolean failedAt(double hours) {
        return !sightings.isEmpty()
                && sightings.getLast().atHours() == hours
                && !sightings.getLast().available();
    }

    int losses() {
        return (int) runs.stream().filter(Run::lost).count();
    }

    double heldHours() {
        return runs.stream().mapToDouble(Run::hours).sum();
    }

    private static <T> List<T> appended(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
