package dev.skyhedge.state.store;

import dev.skyhedge.state.records.ReplicaRecord;
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
    /// The replica that the row is of, as it was from then on; empty for another row, or one that was removed.
    public Optional<ReplicaRecord> replica() {
        return table.equals("replica") ? afterJson.map(RowJson::replica) : Optional.empty();
    }
}
