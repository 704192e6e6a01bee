package dev.skyhedge.state.store;

import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;

/// What one commit did to one row of which history is kept.
sealed interface RowChange {
    /// A service.
    record OfService(String name, Optional<WorkloadRecord> before, Optional<WorkloadRecord> after)
            implements RowChange {}

    /// One generation of a replica.
    record OfReplica(ReplicaKey key, Optional<ReplicaRecord> before, Optional<ReplicaRecord> after)
            implements RowChange {}
}
