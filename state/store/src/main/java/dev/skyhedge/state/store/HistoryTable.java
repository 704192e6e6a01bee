package dev.skyhedge.state.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of history: what each serial did to which service or replica.
final class HistoryTable {
    private static final String SELECT =
            "SELECT serial, ordinal, at_millis, table_name, row_key, before_json, after_json,"
                    + " row_sha256 FROM history";

    private HistoryTable() {}

    static void append(Session session, long serial, Instant at, List<RowChange> changes) {
        for (int ordinal = 0; ordinal < changes.size(); ordinal++) {
            HistoryEntry entry = HistoryEntry.of(serial, at, changes.get(ordinal));
            session.update(
                    "INSERT INTO history (serial, ordinal, at_millis, table_name, row_key, before_json, after_json,"
                            + " row_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    serial,
                    ordinal,
                    at.toEpochMilli(),
                    entry.table(),
                    entry.key(),
                    entry.beforeJson().orElse(null),
                    entry.afterJson().orElse(null),
                    checksum(entry, ordinal));
        }
    }

    static List<HistoryEntry> newest(Session session, long beforeSerial, int limit) {
        return session.list(
                SELECT + " WHERE serial < ? ORDER BY serial DESC, ordinal DESC FETCH FIRST ? ROWS ONLY",
                HistoryTable::read,
                beforeSerial,
                limit);
    }

    /// Everything that happened after a serial, newest first.
    static List<HistoryEntry> after(Session session, long serial) {
        return session.list(
                SELECT + " WHERE serial > ? ORDER BY serial DESC, ordinal DESC", HistoryTable::read, serial);
    }

    private static HistoryEntry read(ResultSet row) throws SQLException {
        HistoryEntry entry = new HistoryEntry(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4),
                row.getString(5),
                Optional.ofNullable(row.getString(6)),
                Optional.ofNullable(row.getString(7)));
        StateProblems.requireIntact(
                "history", entry.serial() + " " + entry.key(), checksum(entry, row.getInt(2)), row.getString(8));
        return entry;
    }

    private static String checksum(HistoryEntry entry, int ordinal) {
        @Nullable String before = entry.beforeJson().orElse(null);
        @Nullable String after = entry.afterJson().orElse(null);
        return Checksum.of(
                "history",
                entry.serial(),
                ordinal,
                entry.at().toEpochMilli(),
                entry.table(),
                entry.key(),
                before,
                after);
    }
}
