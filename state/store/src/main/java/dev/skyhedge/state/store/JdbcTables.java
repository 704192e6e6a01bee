package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.RecordedDecision;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.Task;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.RowJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of a state in a database, within the transaction of one commit. Touches only the rows that change.
final class JdbcTables implements Tables {
    private final Session session;
    private final long nextSerial;
    private final Known<String, WorkloadRecord> services = new Known<>(SubjectTable.WORKLOADS);
    private final Known<ReplicaKey, Task> tasks = new Known<>(SubjectTable.TASKS);
    private final Known<MachineKey, Machine> machines = new Known<>(SubjectTable.MACHINES);
    private long lastOrdinal;
    private long digest;

    /// The rows of one table that this commit has touched, as they are now.
    private final class Known<K, V> {
        private final SubjectTable<K, V> table;
        private final Map<K, Optional<SubjectTable.Row<V>>> rows = new HashMap<>();

        Known(SubjectTable<K, V> table) {
            this.table = table;
        }

        Optional<V> get(K key) {
            return row(key).map(SubjectTable.Row::value);
        }

        private Optional<SubjectTable.Row<V>> row(K key) {
            return rows.computeIfAbsent(key, _ -> table.find(session, key));
        }

        void put(K key, V value) {
            Optional<SubjectTable.Row<V>> before = row(key);
            if (before.filter(row -> row.value().equals(value)).isPresent()) {
                return;
            }
            SubjectTable.Row<V> after = table.put(session, value, nextSerial, before.isPresent());
            replaceDigest(before.map(SubjectTable.Row::sha256).orElse(""), after.sha256());
            rows.put(key, Optional.of(after));
        }

        void remove(K key) {
            replaceDigest(row(key).map(SubjectTable.Row::sha256).orElse(""), "");
            table.remove(session, key);
            rows.put(key, Optional.empty());
        }
    }

    /// @param meta as it was before this commit
    JdbcTables(Session session, Meta meta) {
        this.session = session;
        this.nextSerial = meta.serial() + 1;
        this.lastOrdinal = meta.lastOrdinal();
        this.digest = meta.rowsDigest();
    }

    long lastOrdinal() {
        return lastOrdinal;
    }

    long rowsDigest() {
        return digest;
    }

    @Override
    public Optional<WorkloadRecord> service(String name) {
        return services.get(name);
    }

    @Override
    public void put(WorkloadRecord service) {
        services.put(service.name(), service);
    }

    @Override
    public void removeService(String name) {
        services.remove(name);
    }

    @Override
    public List<ReplicaRecord> generations(String service, String name) {
        return SubjectTable.TASKS.siblings(session, new ReplicaKey(service, name, 0)).stream()
                .map(this::withMachine)
                .toList();
    }

    @Override
    public Optional<ReplicaRecord> replica(ReplicaKey key) {
        return tasks.get(key).map(this::withMachine);
    }

    private ReplicaRecord withMachine(Task task) {
        return new ReplicaRecord(
                task,
                machines.get(task.machine())
                        .orElseThrow(() -> new StateException(StateProblems.missingRow(
                                "machine", task.machine().toString()))));
    }

    @Override
    public void put(ReplicaRecord replica) {
        tasks.put(replica.key(), replica.task());
        machines.put(replica.machine().key(), replica.machine());
    }

    @Override
    public void remove(ReplicaKey key) {
        Optional<Task> task = tasks.get(key);
        tasks.remove(key);
        // A replica of a service that gets another name is put under that one before it is forgotten under this.
        task.map(Task::machine).filter(this::isUnused).ifPresent(machines::remove);
    }

    private boolean isUnused(MachineKey machine) {
        return session.one(
                        "SELECT workload FROM task WHERE name = ? AND generation = ?",
                        row -> row.getString(1),
                        machine.name(),
                        machine.generation())
                .isEmpty();
    }

    @Override
    public List<String> liveReplicas(String service) {
        return session.list(
                "SELECT name FROM task WHERE workload = ? AND live = TRUE ORDER BY name FETCH FIRST 1 ROWS ONLY",
                row -> row.getString(1),
                service);
    }

    @Override
    public JournalState journalState(String intentId) {
        return session.one("SELECT is_open FROM intent WHERE id = ?", row -> row.getBoolean(1), intentId)
                .map(open -> open ? JournalState.OPEN : JournalState.CLOSED)
                .orElse(JournalState.UNKNOWN);
    }

    @Override
    public void open(Intent intent) {
        long ordinal = ++lastOrdinal;
        String body = RowJson.write(RecordForms.INTENT, intent);
        String sha256 = Rows.intentChecksum(intent.id(), ordinal, body, null);
        session.update(
                "INSERT INTO intent (id, ordinal, is_open, body, outcome, row_sha256) VALUES (?, ?, TRUE, ?, NULL, ?)",
                intent.id(),
                ordinal,
                body,
                sha256);
        replaceDigest("", sha256);
    }

    @Override
    public void close(String intentId, IntentOutcome outcome) {
        Rows.IntentRow row = Rows.intent(session, intentId);
        String json = RowJson.write(RecordForms.OUTCOME, outcome);
        session.update(
                "UPDATE intent SET is_open = FALSE, outcome = ?, row_sha256 = ? WHERE id = ?",
                json,
                Rows.intentChecksum(intentId, row.ordinal(), row.body(), json),
                intentId);
        replaceDigest(row.sha256(), "");
    }

    @Override
    public void put(ZoneHealth health) {
        String location = health.location().toString();
        String accelerator = health.accelerator().toString();
        String market = health.market().word();
        String body = RowJson.write(RecordForms.ZONE_HEALTH, health);
        upsert(
                "zone_health",
                List.of("location", "accelerator", "market"),
                body,
                Checksum.of("zone_health", location, accelerator, market, body),
                location,
                accelerator,
                market);
    }

    @Override
    public void put(ClosedScope closed) {
        String body = RowJson.write(RecordForms.CLOSED_SCOPE, closed);
        upsert("closed_scope", List.of("scope"), body, Rows.closedScopeChecksum(closed.key(), body), closed.key());
    }

    @Override
    public void remove(ClosedScope closed) {
        session.update("DELETE FROM closed_scope WHERE scope = ?", closed.key());
    }

    @Override
    public void put(ProviderAccount account) {
        String body = RowJson.write(RecordForms.ACCOUNT, account);
        upsert(
                "provider_account",
                List.of("provider"),
                body,
                Rows.accountChecksum(account.provider(), body),
                account.provider());
    }

    @Override
    public void put(SpecInForce spec) {
        String body = RowJson.write(RecordForms.SPEC, spec);
        upsert("spec_in_force", List.of("id"), body, Rows.specChecksum(body), 1);
    }

    @Override
    public void put(PlacedOrder order) {
        OrderTable.update(session, order);
    }

    @Override
    public void keep(Change.KeepDecision decision) {
        DecisionTable.insert(session, new RecordedDecision(nextSerial, decision.at(), decision.text()));
    }

    @Override
    public void append(Event event) {
        long ordinal = ++lastOrdinal;
        String body = RowJson.write(RecordForms.EVENT, event);
        session.update(
                "INSERT INTO event (ordinal, service, body, row_sha256) VALUES (?, ?, ?, ?)",
                ordinal,
                event.service(),
                body,
                Checksum.of("event", ordinal, event.service(), body));
    }

    @Override
    public void put(SpendEntry entry) {
        String kind = entry.kind().name();
        long from = entry.from().toEpochMilli();
        String body = RowJson.write(RecordForms.SPEND, entry);
        upsert(
                "spend",
                List.of("service", "kind", "subject", "from_millis"),
                body,
                Checksum.of("spend", entry.service(), kind, entry.subject(), from, body),
                entry.service(),
                kind,
                entry.subject(),
                from);
    }

    @Override
    public void remove(SpendEntry entry) {
        session.update(
                "DELETE FROM spend WHERE service = ? AND kind = ? AND subject = ? AND from_millis = ?",
                entry.service(),
                entry.kind().name(),
                entry.subject(),
                entry.from().toEpochMilli());
    }

    @Override
    public List<SpendEntry> spend(String service) {
        return Rows.spend(session, service);
    }

    @Override
    public List<SpendEntry> spendBegunBefore(Instant time) {
        return Rows.spendBegunBefore(session, time);
    }

    /// Writes the one row with these keys, whether it is there or not. Commits follow one after the other, so nobody
    /// can insert between the two statements.
    ///
    /// @param keyColumns of the table, besides body and checksum its only ones
    private void upsert(String table, List<String> keyColumns, String body, String sha256, Object... keys) {
        var values = new ArrayList<Object>(List.of(body, sha256));
        values.addAll(List.of(keys));
        String update = "UPDATE " + table + " SET body = ?, row_sha256 = ? WHERE "
                + String.join(" = ? AND ", keyColumns) + " = ?";
        if (session.update(update, values.toArray()) == 0) {
            session.update(
                    "INSERT INTO " + table + " (body, row_sha256, " + String.join(", ", keyColumns) + ") VALUES (?, ?"
                            + ", ?".repeat(keyColumns.size()) + ")",
                    values.toArray());
        }
    }

    private void replaceDigest(String before, String after) {
        digest -= before.isEmpty() ? 0 : Checksum.digest(before);
        digest += after.isEmpty() ? 0 : Checksum.digest(after);
    }
}
