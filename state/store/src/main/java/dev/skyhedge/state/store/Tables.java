package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The rows of a state as one transaction sees and changes them.
interface Tables {
    Optional<WorkloadRecord> service(String name);

    void put(WorkloadRecord service);

    void removeService(String name);

    /// All generations of a replica, oldest first.
    List<ReplicaRecord> generations(String service, String name);

    Optional<ReplicaRecord> replica(ReplicaKey key);

    void put(ReplicaRecord replica);

    void remove(ReplicaKey replica);

    /// Names of replicas of this service that have a live generation; at most a few of them.
    List<String> liveReplicas(String service);

    JournalState journalState(String intentId);

    void open(Intent intent);

    void close(String intentId, IntentOutcome outcome);

    void put(ZoneHealth health);

    void put(ClosedScope closed);

    void remove(ClosedScope closed);

    void put(ProviderAccount account);

    void put(SpecInForce spec);

    /// Replaces the order of this number.
    void put(PlacedOrder order);

    /// Keeps it under the serial that this commit makes, and drops what is too old or too much.
    void keep(Change.KeepDecision decision);

    void append(Event event);

    void put(SpendEntry entry);

    void remove(SpendEntry entry);

    /// All of a service.
    List<SpendEntry> spend(String service);

    /// All that began before a time.
    List<SpendEntry> spendBegunBefore(Instant time);

    /// What the journal knows of an intent.
    enum JournalState {
        UNKNOWN,
        OPEN,
        CLOSED
    }
}
