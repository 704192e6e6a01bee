package dev.skyhedge.load;

import java.time.Duration;
import java.util.Locale;

/// What happened in one second of a run.
///
/// @param elapsed since the start
/// @param completed answers in this second, good or bad
/// @param errors of these, and requests not sent
/// @param inFlight requests without an answer yet
/// @param latency of the good answers in this second
public record LoadSample(Duration elapsed, long completed, long errors, int inFlight, LatencySummary latency) {

    /// One line for a person.
    public String text() {
        return String.format(
                Locale.ROOT,
                "%5ds  %6d/s  %5d errors  %5d in flight  p50 %s  p99 %s",
                elapsed.toSeconds(),
                completed,
                errors,
                inFlight,
                LoadReport.millis(latency.p50()),
                LoadReport.millis(latency.p99()));
    }
}
