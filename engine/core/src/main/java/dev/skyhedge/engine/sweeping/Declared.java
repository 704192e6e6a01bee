package dev.skyhedge.engine.sweeping;

import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

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

    /// The trial that a machine runs. Empty if it is of another edit, also of one that was the same: with each
    /// everything
    /// begins anew.
    OptionalInt trial(ReplicaRecord machine, WorkloadRecord record) {
        return machine.requestedAt().isBefore(record.editedAt()) ? OptionalInt.empty() : edit.trial(machine.version());
    }

    /// Milliseconds of the sweep at an instant.
    static long at(WorkloadRecord record, Instant now) {
        return Duration.between(record.editedAt(), now).toMillis();
    }
}
