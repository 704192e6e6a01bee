package dev.skyhedge.state.store;

import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ServiceRecord;
import dev.skyhedge.state.records.Snapshot;
import java.util.Comparator;
import java.util.List;
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
        List<Rows.Row<ServiceRecord>> services = Rows.services(session);
        List<Rows.Row<ReplicaRecord>> replicas = Rows.replicas(session);
        List<Rows.Row<Intent>> intents = Rows.openIntents(session);
        if (digest(services) + digest(replicas) + digest(intents) != meta.rowsDigest()) {
            throw new StateException(StateProblems.rowsDiffer());
        }
        TreeMap<ReplicaKey, ReplicaRecord> byKey = byKey(replicas);
        return new Snapshot(
                meta.lineage(),
                meta.serial(),
                services.stream().map(Rows.Row::value).toList(),
                ReplicaKey.newestGenerations(byKey),
                intents.stream().map(Rows.Row::value).toList(),
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
        TreeMap<String, ServiceRecord> services = new TreeMap<>();
        Rows.services(session).forEach(row -> services.put(row.value().name(), row.value()));
        TreeMap<ReplicaKey, ReplicaRecord> replicas = byKey(Rows.replicas(session));
        for (HistoryEntry entry : HistoryTable.after(session, serial)) {
            if (entry.table().equals("service")) {
                entry.beforeJson()
                        .ifPresentOrElse(
                                json -> services.put(entry.key(), RowJson.service(json)),
                                () -> services.remove(entry.key()));
            } else {
                takeBackReplica(entry, replicas);
            }
        }
        return Snapshot.of(
                meta.lineage(), serial, List.copyOf(services.values()), ReplicaKey.newestGenerations(replicas));
    }

    private static void takeBackReplica(HistoryEntry entry, TreeMap<ReplicaKey, ReplicaRecord> replicas) {
        entry.afterJson().map(RowJson::replica).map(ReplicaKey::of).ifPresent(replicas::remove);
        entry.beforeJson().map(RowJson::replica).ifPresent(row -> replicas.put(ReplicaKey.of(row), row));
    }

    private static TreeMap<ReplicaKey, ReplicaRecord> byKey(List<Rows.Row<ReplicaRecord>> rows) {
        TreeMap<ReplicaKey, ReplicaRecord> byKey = new TreeMap<>();
        rows.forEach(row -> byKey.put(ReplicaKey.of(row.value()), row.value()));
        return byKey;
    }

    private static <T> long digest(List<Rows.Row<T>> rows) {
        return rows.stream().mapToLong(row -> Checksum.digest(row.sha256())).sum();
    }
}
