package dev.skyhedge.engine.sweep;

/// What a trial says at the end of an iteration.
///
/// @param trial which one
/// @param iteration from 1; lower than before where the trial has gone back to an older checkpoint
/// @param value of the metric, signed so that more is better; anything that is no finite number counts as worst
/// @param seconds that the iteration took
/// @param last whether the trial has ended with it
public record Report(String trial, int iteration, double value, double seconds, boolean last) {
    public Report {
        value = Double.isFinite(value) ? value : Double.NEGATIVE_INFINITY;
    }
}
