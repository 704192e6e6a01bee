package dev.skyhedge.engine.sweep;

import java.util.Optional;

/// Decides which trials run. Told everything in order by one thread; reads no clock and throws no dice, so that the
/// same calls give the same answers: a sweep is replayed by telling it all again. Times are seconds since the sweep
/// began.
public interface TrialScheduler {
    /// What to start now; asked again until it is empty or nothing is free. The trial that it names has been started.
    ///
    /// @param free atoms that nobody has
    Optional<Start> next(double now, int free);

    /// What becomes of a trial after its report. Of one that does not run, as the report was on its
    /// way when its machine was lost, it is only heard whether it has ended: the answer is then a
    /// pause or a stop of what does not run.
    ///
    /// @param free atoms that nobody has
    Decision onReport(Report report, double now, int free);

    /// A running trial has lost its machine: it is paused, through no fault of its own, and goes
    /// first. Told of one that does not run, as after a notice and the end that it gave notice of,
    /// it changes nothing.
    void onPreempted(String trial);

    /// A trial has failed for good, whether it runs or waits; it is never started again.
    void onFailed(String trial);
}
