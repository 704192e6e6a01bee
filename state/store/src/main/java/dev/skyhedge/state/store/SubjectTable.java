package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.Task;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.json.Form;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.ReplicaForms;
import dev.skyhedge.state.store.json.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A table of what a state is about: a row has its key in columns, whether its subject lives, the serial that changed
/// it last, the rest as JSON, and a checksum over all of these.
///
/// @param <K> what identifies a row
/// @param <V> what a row holds
final class SubjectTable<K, V> {
    static final SubjectTable<String, WorkloadRecord> WORKLOADS = new SubjectTable<>(
            "workload", List.of("name"), List::of, WorkloadRecord::name, _ -> true, RecordForms.WORKLOAD);

    static final SubjectTable<MachineKey, Machine> MACHINES = new SubjectTable<>(
            "machine",
            List.of("name", "generation"),
            key -> List.of(key.name(), key.generation()),
            Machine::key,
            machine -> machine.state().isLive(),
            ReplicaForms.MACHINE);

    static final SubjectTable<ReplicaKey, Task> TASKS = new SubjectTable<>(
            "task",
            List.of("workload", "name", "generation"),
            key -> List.of(key.service(), key.name(), key.generation()),
            Task::key,
            task -> task.state().isLive(),
            ReplicaForms.TASK);

    private final String name;
    private final Function<K, List<Object>> columnsOf;
    private final Function<V, K> keyOf;
    private final Predicate<V> live;
    private final Form<V> form;
    private final int keys;
    private final String select;
    private final String where;
    private final String insert;
    private final String update;
    private final String siblings;

    /// A row as it is stored.
    record Row<V>(V value, String sha256) {}

    private SubjectTable(
            String name,
            List<String> keyColumns,
            Function<K, List<Object>> columnsOf,
            Function<V, K> keyOf,
            Predicate<V> live,
            Form<V> form) {
        this.name = name;
        this.columnsOf = columnsOf;
        this.keyOf = keyOf;
        this.live = live;
        this.form = form;
        this.keys = keyColumns.size();
        String columns = String.join(", ", keyColumns);
        this.select = "SELECT " + columns + ", live, serial, body, row_sha256 FROM " + name;
        this.where = " WHERE " + String.join(" = ? AND ", keyColumns) + " = ?";
        this.insert = "INSERT INTO " + name + " (live, serial, body, row_sha256, " + columns + ") VALUES (?, ?, ?, ?"
                + ", ?".repeat(keys) + ")";
        this.update = "UPDATE " + name + " SET live = ?, serial = ?, body = ?, row_sha256 = ?" + where;
        this.siblings = select + " WHERE " + String.join(" = ? AND ", keyColumns.subList(0, Math.max(1, keys - 1)))
                + " = ? ORDER BY " + keyColumns.getLast();
    }

    /// All rows.
    List<Row<V>> all(Session session) {
        return session.list(select, this::read);
    }

    Optional<Row<V>> find(Session session, K key) {
        return session.one(select + where, this::read, columnsOf.apply(key).toArray());
    }

    /// Those that differ from this key in the last column only, in its order.
    List<V> siblings(Session session, K key) {
        List<Object> columns = columnsOf.apply(key);
        return session.list(siblings, this::read, columns.subList(0, keys - 1).toArray()).stream()
                .map(Row::value)
                .toList();
    }

    /// Writes a row.
    ///
    /// @param isThere whether there is one with this key
    Row<V> put(Session session, V value, long serial, boolean isThere) {
        List<Object> key = columnsOf.apply(keyOf.apply(value));
        boolean alive = live.test(value);
        String body = RowJson.write(form, value);
        String sha256 = checksum(key, alive, serial, body);
        List<Object> values = new ArrayList<>(List.of(alive, serial, body, sha256));
        values.addAll(key);
        session.update(isThere ? update : insert, values.toArray());
        return new Row<>(value, sha256);
    }

    void remove(Session session, K key) {
        session.update("DELETE FROM " + name + where, columnsOf.apply(key).toArray());
    }

    private Row<V> read(ResultSet row) throws SQLException {
        List<Object> key = new ArrayList<>();
        for (int i = 1; i <= keys; i++) {
            key.add(row.getObject(i));
        }
        String body = row.getString(keys + 3);
        String sha256 = row.getString(keys + 4);
        String expected = checksum(key, row.getBoolean(keys + 1), row.getLong(keys + 2), body);
        StateProblems.requireIntact(
                name, key.stream().map(Object::toString).collect(Collectors.joining("/")), expected, sha256);
        return new Row<>(RowJson.read(form, body), sha256);
    }

    private String checksum(List<Object> key, boolean alive, long serial, String body) {
        List<Object> values = new ArrayList<>(List.of(name));
        values.addAll(key);
        values.addAll(List.of(alive, serial, body));
        return Checksum.of(values.toArray());
    }
}
