package dev.skyhedge.state.store;

import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ServiceRecord;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.ZoneHealth;
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
    private final Map<String, Stored<ServiceRecord>> services = new HashMap<>();
    private final Map<ReplicaKey, Stored<ReplicaRecord>> replicas = new HashMap<>();
    private long lastOrdinal;
    private long digest;

    /// A row as it is in its table now; no value means that there is none.
    private record Stored<T>(Optional<T> value, long createdSerial, String sha256) {
        static <T> Stored<T> absent() {
            return new Stored<>(Optional.empty(), 0, "");
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
    public Optional<ServiceRecord> service(String name) {
        return storedService(name).value();
    }

    private Stored<ServiceRecord> storedService(String name) {
        return services.computeIfAbsent(
                name,
                _ -> Rows.service(session, name)
                        .map(row -> new Stored<>(Optional.of(row.value()), 0, row.sha256()))
                        .orElse(Stored.absent()));
    }

    @Override
    public void put(ServiceRecord service) {
        Stored<ServiceRecord> before = storedService(service.name());
        String body = RowJson.write(service);
        String sha256 = Rows.serviceChecksum(service.name(), nextSerial, body);
        session.update(
                before.value().isPresent()
                        ? "UPDATE service SET serial = ?, body = ?, row_sha256 = ? WHERE name = ?"
                        : "INSERT INTO service (serial, body, row_sha256, name) VALUES (?, ?, ?, ?)",
                nextSerial,
                body,
                sha256,
                service.name());
        replaceDigest(before.sha256(), sha256);
        services.put(service.name(), new Stored<>(Optional.of(service), 0, sha256));
    }

    @Override
    public void removeService(String name) {
        replaceDigest(storedService(name).sha256(), "");
        session.update("DELETE FROM service WHERE name = ?", name);
        services.put(name, Stored.absent());
    }

    @Override
    public List<ReplicaRecord> generations(String service, String name) {
        return Rows.generations(session, service, name);
    }

    @Override
    public Optional<ReplicaRecord> replica(ReplicaKey key) {
        return storedReplica(key).value();
    }

    private Stored<ReplicaRecord> storedReplica(ReplicaKey key) {
        return replicas.computeIfAbsent(
                key,
                _ -> Rows.replica(session, key)
                        .map(row -> new Stored<>(Optional.of(row.value()), row.createdSerial(), row.sha256()))
                        .orElse(Stored.absent()));
    }

    @Override
    public void put(ReplicaRecord replica) {
        ReplicaKey key = ReplicaKey.of(replica);
        Stored<ReplicaRecord> before = storedReplica(key);
        boolean known = before.value().isPresent();
        long created = known ? before.createdSerial() : nextSerial;
        boolean live = replica.lifecycle().isLive();
        String body = RowJson.write(replica);
        String sha256 = Rows.replicaChecksum(key, live, created, nextSerial, body);
        session.update(
                known
                        ? "UPDATE replica SET live = ?, created_serial = ?, serial = ?, body = ?, row_sha256 = ?"
                                + " WHERE service = ? AND name = ? AND generation = ?"
                        : "INSERT INTO replica (live, created_serial, serial, body, row_sha256, service, name,"
                                + " generation) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                live,
                created,
                nextSerial,
                body,
                sha256,
                key.service(),
                key.name(),
                key.generation());
        replaceDigest(before.sha256(), sha256);
        replicas.put(key, new Stored<>(Optional.of(replica), created, sha256));
    }

    @Override
    public void remove(ReplicaKey key) {
        replaceDigest(storedReplica(key).sha256(), "");
        session.update(
                "DELETE FROM replica WHERE service = ? AND name = ? AND generation = ?",
                key.service(),
                key.name(),
                key.generation());
        replicas.put(key, Stored.absent());
    }

    @Override
    public List<String> liveReplicas(String service) {
        return session.list(
                "SELECT name FROM replica WHERE service = ? AND live = TRUE ORDER BY name FETCH FIRST 1 ROWS ONLY",
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
        String body = RowJson.write(intent);
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
        String json = RowJson.write(outcome);
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
        String body = RowJson.write(health);
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
        String body = RowJson.write(closed);
        upsert("closed_scope", List.of("scope"), body, Rows.closedScopeChecksum(closed.key(), body), closed.key());
    }

    @Override
    public void remove(ClosedScope closed) {
        session.update("DELETE FROM closed_scope WHERE scope = ?", closed.key());
    }

    @Override
    public void put(ProviderAccount account) {
        String body = RowJson.write(account);
        upsert(
                "provider_account",
                List.of("provider"),
                body,
                Rows.accountChecksum(account.provider(), body),
                account.provider());
    }

    @Override
    public void put(SpecInForce spec) {
        String body = RowJson.write(spec);
        upsert("spec_in_force", List.of("id"), body, Rows.specChecksum(body), 1);
    }

    @Override
    public void put(PlacedOrder order) {
        OrderTable.update(session, order);
    }

    @Override
    public void append(Event event) {
        long ordinal = ++lastOrdinal;
        String body = RowJson.write(event);
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
        String body = RowJson.write(entry);
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
