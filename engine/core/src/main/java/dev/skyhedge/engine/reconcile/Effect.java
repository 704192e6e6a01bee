package dev.skyhedge.engine.reconcile;

import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.spi.Location;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.ReplicaKey;

/// Something to do once the step's changes are committed. Sealed by who does it: each has one executor, which meets
/// nothing that is not for it.
public sealed interface Effect {
    /// For whoever talks to providers.
    sealed interface CloudCall extends Effect {}

    /// For whoever probes replicas.
    sealed interface Probe extends Effect {}

    /// Make a launch call; its intent is in the journal.
    ///
    /// @param intent what was decided
    /// @param replica what to run; its secrets are resolved only now
    record Launch(Intent intent, ReplicaSpec replica) implements CloudCall {}

    /// Make a termination call; its intent is in the journal.
    record Terminate(Intent intent) implements CloudCall {}

    /// Ask a provider what is there.
    record Observe(String provider) implements CloudCall {}

    /// Read what a failed replica wrote last.
    record ReadLog(ReplicaKey replica, String instanceId, Location location) implements CloudCall {}

    /// Read on in what a task writes.
    ///
    /// @param offset from where, in bytes from the beginning
    record Listen(ReplicaKey replica, String instanceId, Location location, long offset) implements CloudCall {
        /// As much as is read at once, in bytes.
        public static final int MOST_BYTES = 64 << 10;
    }

    /// Probe now and not only when it is due.
    record ProbeNow(ReplicaKey replica) implements Probe {}
}
