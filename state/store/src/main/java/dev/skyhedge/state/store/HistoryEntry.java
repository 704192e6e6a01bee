package dev.skyhedge.state.store;

import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.json.Form;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.ReplicaForms;
import dev.skyhedge.state.store.json.RowJson;
import java.time.Instant;
import java.util.Optional;

/// One row's change in one commit.
///
/// @param serial the serial that the commit made
/// @param at when
/// @param table `service` or `replica`
/// @param key of the row
/// @param beforeJson the row before; empty if it was added
/// @param afterJson the row after; empty if it was removed
public record HistoryEntry(
        long serial, Instant at, String table, String key, Optional<String> beforeJson, Optional<String> afterJson) {
    static HistoryEntry of(long serial, Instant at, RowChange change) {
        return switch (change) {
            case RowChange.OfService(var name, var before, var after) ->
                of(serial, at, "service", name, RecordForms.WORKLOAD, before, after);
            case RowChange.OfReplica(var key, var before, var after) ->
                of(serial, at, "replica", key.toString(), ReplicaForms.REPLICA, before, after);
        };
    }

    private static <T> HistoryEntry of(
            long serial, Instant at, String table, String key, Form<T> form, Optional<T> before, Optional<T> after) {
        return new HistoryEntry(
                serial,
                at,
                table,
                key,
                before.map(row -> RowJson.write(form, row)),
                after.map(row -> RowJson.write(form, row)));
    }

    /// The replica that the row is of, as it was from then on; empty for another row, or one that was removed.
    public Optional<ReplicaRecord> replica() {
        return table.equals("replica")
                ? afterJson.map(json -> RowJson.read(ReplicaForms.REPLICA, json))
                : Optional.empty();
    }
}
