package dev.skyhedge.engine.sweeping;

import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A declared sweep beside what follows from its declaration alone.
record Declared(SweepSpec spec, SweepEdit edit) {
    static Declared of(SweepSpec spec) {
        return new Declared(spec, SweepEdit.of(spec));
    }

    /// The record, if it is of this edit.
    Optional<WorkloadRecord> recorded(Optional<WorkloadRecord> record) {
        return record.filter(one -> one.is(SweepSpec.KIND) && one.version().equals(edit.version()));
    }

    /// What is remembered of this edit.
    SweepMemory memory(Optional<WorkloadRecord> record) {
        return recorded(record).map(one -> SweepMemory.of(one.memory())).orElse(SweepMemory.NONE);
    }

    /// Milliseconds of the sweep at an instant.
    static long at(WorkloadRecord record, Instant now) {
        return Duration.between(record.editedAt(), now).toMillis();
    }
}
