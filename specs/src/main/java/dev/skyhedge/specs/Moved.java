package dev.skyhedge.specs;

import java.util.Optional;

/// A `moved` block: what is recorded under one address is the workload at another. Chains have been followed.
///
/// @param from the address as recorded
/// @param to the address as it is now
public record Moved(WorkloadAddress from, WorkloadAddress to) {
    /// Where a recorded workload is now; empty if this is not about it. An instance keeps its key if whole
    /// blocks are moved.
    public Optional<WorkloadAddress> of(WorkloadAddress recorded) {
        if (!from.covers(recorded)) {
            return Optional.empty();
        }
        return Optional.of(
                from.equals(recorded) ? to : new WorkloadAddress(to.module(), to.kind(), to.label(), recorded.key()));
    }
}
