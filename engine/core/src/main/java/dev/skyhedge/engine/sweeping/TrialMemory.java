package dev.skyhedge.engine.sweeping;

import java.util.Optional;
import java.util.OptionalDouble;

/// What is remembered of one trial beside what its scheduler was told.
///
/// @param log what was read of its machines
/// @param settled generation of the last machine whose end has been taken in
/// @param failures how often it failed
/// @param progress what it reported
record TrialMemory(Log log, int settled, int failures, Progress progress) {
    static final TrialMemory NONE = new TrialMemory(
            new Log(0, 0, false),
            0,
            0,
            new Progress(0, 0, OptionalDouble.empty(), OptionalDouble.empty(), 0, Optional.empty(), Optional.empty()));

    /// What was read.
    ///
    /// @param generation of the machine that was heard last; 0 for none
    /// @param offset up to where that one's log was read, in bytes
    /// @param complete whether all of it was
    record Log(int generation, long offset, boolean complete) {}

    /// What it reported.
    ///
    /// @param iteration that it reported last; 0 for none
    /// @param heardAt when it reported last, in milliseconds since the sweep began
    /// @param value that it reported last, if that was a number
    /// @param best value that it ever reported
    /// @param bestIteration when it reported that
    /// @param bestCheckpoint the checkpoint that it had then
    /// @param checkpoint the newest that it named
    record Progress(
            int iteration,
            long heardAt,
            OptionalDouble value,
            OptionalDouble best,
            int bestIteration,
            Optional<String> bestCheckpoint,
            Optional<String> checkpoint) {
        /// From where the best value is to be had.
        Optional<String> checkpointOfBest() {
            return bestCheckpoint.or(() -> checkpoint);
        }

        private Progress reported(long at, ReportLine report, boolean maximize) {
            boolean finite = Double.isFinite(report.value());
            boolean better = finite
                    && (best.isEmpty()
                            || (maximize ? report.value() > best.getAsDouble() : report.value() < best.getAsDouble()));
            return new Progress(
                    report.iteration(),
                    at,
                    finite ? OptionalDouble.of(report.value()) : OptionalDouble.empty(),
                    better ? OptionalDouble.of(report.value()) : best,
                    better ? report.iteration() : bestIteration,
                    better ? report.checkpoint() : bestCheckpoint,
                    report.checkpoint().or(() -> checkpoint));
        }

        private Progress saved(String newest) {
            return new Progress(iteration, heardAt, value, best, bestIteration, bestCheckpoint, Optional.of(newest));
        }
    }

    /// On that machine, of which so much has been read.
    TrialMemory read(int machine, long upTo, boolean all) {
        return new TrialMemory(new Log(machine, upTo, all), settled, failures, progress);
    }

    /// After the end of that machine.
    TrialMemory after(int machine, boolean failed) {
        return new TrialMemory(log, machine, failures + (failed ? 1 : 0), progress);
    }

    /// After a report.
    TrialMemory reported(long at, ReportLine report, boolean maximize) {
        return new TrialMemory(log, settled, failures, progress.reported(at, report, maximize));
    }

    /// After it named a checkpoint, as on its way out.
    TrialMemory saved(String newest) {
        return new TrialMemory(log, settled, failures, progress.saved(newest));
    }
}
