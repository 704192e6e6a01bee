package dev.skyhedge.engine.sweeping;

import java.util.Optional;
import java.util.OptionalDouble;

/// What is remembered of one trial beside what its scheduler was told.
///
/// @param generation of the machine that was heard last; 0 for none
/// @param offset up to where that one's log was read, in bytes
/// @param complete whether all of it was
/// @param settled generation of the last machine whose end has been taken in
/// @param failures how often it failed
/// @param iteration that it reported last; 0 for none
/// @param heardAt when it reported last, in milliseconds since the sweep began
/// @param value that it reported last, if that was a number
/// @param best value that it ever reported
/// @param bestIteration when it reported that
/// @param bestCheckpoint the checkpoint that it had then
/// @param checkpoint the newest that it named
record TrialMemory(
        int generation,
        long offset,
        boolean complete,
        int settled,
        int failures,
        int iteration,
        long heardAt,
        OptionalDouble value,
        OptionalDouble best,
        int bestIteration,
        Optional<String> bestCheckpoint,
        Optional<String> checkpoint) {
    static final TrialMemory NONE = new TrialMemory(
            0,
            0,
            false,
            0,
            0,
            0,
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            0,
            Optional.empty(),
            Optional.empty());

    /// On that machine, of which so much has been read.
    TrialMemory read(int machine, long upTo, boolean all) {
        return new TrialMemory(
                machine,
                upTo,
                all,
                settled,
                failures,
                iteration,
                heardAt,
                value,
                best,
                bestIteration,
                bestCheckpoint,
                checkpoint);
    }

    /// After the end of that machine.
    TrialMemory after(int machine, boolean failed) {
        return new TrialMemory(
                generation,
                offset,
                complete,
                machine,
                failures + (failed ? 1 : 0),
                iteration,
                heardAt,
                value,
                best,
                bestIteration,
                bestCheckpoint,
                checkpoint);
    }

    /// After a report.
    TrialMemory reported(long at, ReportLine report, boolean maximize) {
        boolean finite = Double.isFinite(report.value());
        boolean better = finite
                && (best.isEmpty()
                        || (maximize ? report.value() > best.getAsDouble() : report.value() < best.getAsDouble()));
        Optional<String> newest = report.checkpoint().or(() -> checkpoint);
        return new TrialMemory(
                generation,
                offset,
                complete,
                settled,
                failures,
                report.iteration(),
                at,
                finite ? OptionalDouble.of(report.value()) : OptionalDouble.empty(),
                better ? OptionalDouble.of(report.value()) : best,
                better ? report.iteration() : bestIteration,
                better ? report.checkpoint() : bestCheckpoint,
                newest);
    }

    /// After it named a checkpoint, as on its way out.
    TrialMemory saved(String newest) {
        return new TrialMemory(
                generation,
                offset,
                complete,
                settled,
                failures,
                iteration,
                heardAt,
                value,
                best,
                bestIteration,
                bestCheckpoint,
                Optional.of(newest));
    }
}
