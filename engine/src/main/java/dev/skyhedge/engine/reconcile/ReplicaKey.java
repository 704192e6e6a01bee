package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.ReplicaRecord;

/// One generation of one replica.
///
/// @param service name of the service
/// @param replica name of the replica
/// @param generation its generation
public record ReplicaKey(String service, String replica, int generation) {
    /// The key of a record.
    public static ReplicaKey of(ReplicaRecord replica) {
        return new ReplicaKey(replica.service(), replica.name(), replica.generation());
    }
}
