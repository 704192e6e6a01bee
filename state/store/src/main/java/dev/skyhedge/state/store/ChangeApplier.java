package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Applies the changes of one commit to the tables: the meaning of every [Change], written once for all stores.
///
/// A change that contradicts the journal or the rows is a bug of the caller and throws; the store rolls back.
final class ChangeApplier {
    /// How many of the newest generations of a replica are kept, and all that are live; more are in history.
    static final int GENERATIONS = 20;

    private final Tables tables;
    private final long epoch;
    private final SequencedMap<String, RowChange.OfService> services = new LinkedHashMap<>();
    private final SequencedMap<ReplicaKey, RowChange.OfReplica> replicas = new LinkedHashMap<>();
    private boolean raisesSerial;
    private boolean opensIntent;

    ChangeApplier(Tables tables, long epoch) {
        this.tables = tables;
        this.epoch = epoch;
    }

    /// Applies one change.
    ///
    /// @throws IllegalStateException if it contradicts what is there
    void apply(Change change) {
        switch (change) {
            case Change.PutWorkload(var service) -> put(service);
            case Change.RemoveWorkload(var name) -> removeService(name);
            case Change.PutReplica(var replica) -> put(replica);
            case Change.ForgetReplica(var service, var name) -> forget(service, name);
            case Change.OpenIntent(var intent) -> open(intent);
            case Change.CloseIntent(var id, var outcome) -> close(id, outcome);
            case Change.PutZoneHealth(var health) -> tables.put(health);
            case Change.PutClosedScope(var closed) -> tables.put(closed);
            case Change.ForgetClosedScope(var closed) -> tables.remove(closed);
            case Change.PutAccount(var account) -> tables.put(account);
            case Change.PutSpec(var spec) -> tables.put(spec);
            case Change.PutOrder(var order) -> tables.put(order);
            case Change.KeepDecision decision -> keep(decision);
            case Change.AppendEvent(var event) -> tables.append(event);
            case Change.PutSpend(var entry) -> tables.put(entry);
            case Change.MoveSpend(var from, var to) -> moveSpend(from, to);
        }
    }

    /// Whether a change so far was about a service or a replica.
    boolean raisesSerial() {
        return raisesSerial;
    }

    /// Whether a change so far opened an intent: a call to a provider may follow.
    boolean opensIntent() {
        return opensIntent;
    }

    /// What became of each row, once for each, in the order of their first change.
    List<RowChange> rowChanges() {
        List<RowChange> changes = new ArrayList<>(services.size() + replicas.size());
        services.values().stream().filter(c -> !c.before().equals(c.after())).forEach(changes::add);
        replicas.values().stream().filter(c -> !c.before().equals(c.after())).forEach(changes::add);
        return changes;
    }

    /// Without a serial of its own it would take the place of another one's decision.
    private void keep(Change.KeepDecision decision) {
        if (raisesSerial) {
            tables.keep(decision);
        }
    }

    private void put(WorkloadRecord service) {
        raisesSerial = true;
        note(service.name(), tables.service(service.name()), Optional.of(service));
        tables.put(service);
    }

    private void removeService(String name) {
        raisesSerial = true;
        List<String> live = tables.liveReplicas(name);
        if (!live.isEmpty()) {
            throw new IllegalStateException("Service " + name + " still has live replicas, such as " + live.getFirst());
        }
        Optional<WorkloadRecord> before = tables.service(name);
        if (before.isPresent()) {
            note(name, before, Optional.empty());
            tables.removeService(name);
        }
    }

    private void put(ReplicaRecord replica) {
        raisesSerial = true;
        ReplicaKey key = ReplicaKey.of(replica);
        Optional<ReplicaRecord> before = tables.replica(key);
        note(key, before, Optional.of(replica));
        tables.put(replica);
        if (before.isEmpty() && replica.generation() > GENERATIONS) {
            dropOldGenerations(replica);
        }
    }

    private void dropOldGenerations(ReplicaRecord newest) {
        List<ReplicaRecord> generations = tables.generations(newest.service(), newest.name());
        generations.stream()
                .limit(Math.max(0, generations.size() - GENERATIONS))
                .filter(old -> !old.lifecycle().isLive())
                .forEach(this::drop);
    }

    private void drop(ReplicaRecord generation) {
        ReplicaKey key = ReplicaKey.of(generation);
        note(key, Optional.of(generation), Optional.empty());
        tables.remove(key);
    }

    private void forget(String service, String name) {
        raisesSerial = true;
        tables.generations(service, name).forEach(this::drop);
    }

    private void moveSpend(String from, String to) {
        for (SpendEntry entry : tables.spend(from)) {
            SpendEntry moved = entry.ofService(to);
            Optional<SpendEntry> there =
                    tables.spend(to).stream().filter(moved::hasKeyOf).findFirst();
            tables.remove(entry);
            tables.put(there.map(moved::together).orElse(moved));
        }
    }

    private void open(Intent intent) {
        if (intent.epoch() != epoch) {
            throw new IllegalStateException(
                    "Intent " + intent.id() + " carries epoch " + intent.epoch() + " in a commit of epoch " + epoch);
        }
        if (tables.journalState(intent.id()) != Tables.JournalState.UNKNOWN) {
            throw new IllegalStateException("Intent " + intent.id() + " was opened before");
        }
        tables.open(intent);
        opensIntent = true;
    }

    private void close(String id, IntentOutcome outcome) {
        Tables.JournalState state = tables.journalState(id);
        if (state != Tables.JournalState.OPEN) {
            throw new IllegalStateException("Intent " + id + " is not open but " + state);
        }
        tables.close(id, outcome);
    }

    private void note(String name, Optional<WorkloadRecord> before, Optional<WorkloadRecord> after) {
        services.merge(
                name,
                new RowChange.OfService(name, before, after),
                (first, last) -> new RowChange.OfService(name, first.before(), last.after()));
    }

    private void note(ReplicaKey key, Optional<ReplicaRecord> before, Optional<ReplicaRecord> after) {
        replicas.merge(
                key,
                new RowChange.OfReplica(key, before, after),
                (first, last) -> new RowChange.OfReplica(key, first.before(), last.after()));
    }
}
