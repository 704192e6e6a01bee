package dev.skyhedge.state.store;

import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.Task;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.SubjectTable.Row;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.ReplicaForms;
import dev.skyhedge.state.store.json.RowJson;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads whole snapshots within one transaction.
final class SnapshotReader {
    private SnapshotReader() {}

    static Meta meta(Session session) {
        return Meta.load(session).orElseThrow(() -> new StateException(StateProblems.missingRow("meta", "1")));
    }

    /// The state as it is.
    ///
    /// @throws StateException if a row is not what was written, or is missing
    static Snapshot read(Session session) {
        Meta meta = meta(session);
        List<Row<WorkloadRecord>> services = SubjectTable.WORKLOADS.all(session);
        List<Row<Machine>> machines = SubjectTable.MACHINES.all(session);
        List<Row<Task>> tasks = SubjectTable.TASKS.all(session);
        List<Row<Intent>> intents = Rows.openIntents(session);
        if (digest(services) + digest(machines) + digest(tasks) + digest(intents) != meta.rowsDigest()) {
            throw new StateException(StateProblems.rowsDiffer());
        }
        return new Snapshot(
                meta.lineage(),
                meta.serial(),
                services.stream()
                        .map(Row::value)
                        .sorted(Comparator.comparing(WorkloadRecord::name))
                        .toList(),
                ReplicaKey.newestGenerations(replicas(machines, tasks)),
                intents.stream().map(Row::value).toList(),
                Rows.zoneHealth(session).stream()
                        .sorted(MemoryTables.HEALTH_ORDER)
                        .toList(),
                Rows.closedScopes(session).stream()
                        .sorted(Comparator.comparing(ClosedScope::key))
                        .toList(),
                Rows.accounts(session).stream()
                        .sorted(Comparator.comparing(ProviderAccount::provider))
                        .toList(),
                LeaseRow.load(session).holder(),
                Rows.specInForce(session),
                OrderTable.open(session));
    }

    /// The services and replicas as they were after a serial: the present, with history taken back.
    static Snapshot readAt(Session session, long serial) {
        Meta meta = meta(session);
        StateProblems.requireReadable(serial, meta.oldestReadable(), meta.serial());
        TreeMap<String, WorkloadRecord> services = new TreeMap<>();
        SubjectTable.WORKLOADS
                .all(session)
                .forEach(row -> services.put(row.value().name(), row.value()));
        TreeMap<ReplicaKey, ReplicaRecord> replicas =
                replicas(SubjectTable.MACHINES.all(session), SubjectTable.TASKS.all(session));
        for (HistoryEntry entry : HistoryTable.after(session, serial)) {
            if (entry.table().equals("service")) {
                entry.beforeJson()
                        .ifPresentOrElse(
                                json -> services.put(entry.key(), RowJson.read(RecordForms.WORKLOAD, json)),
                                () -> services.remove(entry.key()));
            } else {
                takeBackReplica(entry, replicas);
            }
        }
        return Snapshot.of(
                meta.lineage(), serial, List.copyOf(services.values()), ReplicaKey.newestGenerations(replicas));
    }

    private static void takeBackReplica(HistoryEntry entry, TreeMap<ReplicaKey, ReplicaRecord> replicas) {
        replica(entry.afterJson()).map(ReplicaKey::of).ifPresent(replicas::remove);
        replica(entry.beforeJson()).ifPresent(row -> replicas.put(ReplicaKey.of(row), row));
    }

    private static Optional<ReplicaRecord> replica(Optional<String> json) {
        return json.map(text -> RowJson.read(ReplicaForms.REPLICA, text));
    }

    private static TreeMap<ReplicaKey, ReplicaRecord> replicas(List<Row<Machine>> machines, List<Row<Task>> tasks) {
        Map<MachineKey, Machine> byKey = new HashMap<>();
        machines.forEach(row -> byKey.put(row.value().key(), row.value()));
        TreeMap<ReplicaKey, ReplicaRecord> replicas = new TreeMap<>();
        for (Row<Task> row : tasks) {
            Task task = row.value();
            Machine machine = byKey.get(task.machine());
            if (machine == null) {
                throw new StateException(
                        StateProblems.missingRow("machine", task.machine().toString()));
            }
            replicas.put(task.key(), new ReplicaRecord(task, machine));
        }
        return replicas;
    }

    private static <T> long digest(List<Row<T>> rows) {
        return rows.stream().mapToLong(row -> Checksum.digest(row.sha256())).sum();
    }
}
