package dev.skyhedge.engine.reconcile;

import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.spi.Location;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.ReplicaKey;

/// Something to do once the step's changes are committed.
public sealed interface Effect {
    /// Make a launch call; its intent is in the journal.
    ///
    /// @param intent what was decided
    /// @param replica what to run; its secrets are resolved only now
    record Launch(Intent intent, ReplicaSpec replica) implements Effect {}

    /// Make a termination call; its intent is in the journal.
    record Terminate(Intent intent) implements Effect {}

    /// Ask a provider what is there.
    record Observe(String provider) implements Effect {}

    /// Read what a failed replica wrote last.
    record ReadLog(ReplicaKey replica, String instanceId, Location location) implements Effect {}

    /// Probe now and not only when it is due.
    record ProbeNow(ReplicaKey replica) implements Effect {}
}
