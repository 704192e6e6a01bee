package dev.skyhedge.state.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one row about the state as a whole.
///
/// @param lineage identifies the state
/// @param serial commits that changed a service or a replica
/// @param tick all commits
/// @param lastOrdinal the number last given to an intent or event
/// @param oldestReadable the smallest serial that history still leads back to
/// @param rowsDigest sum of the digests of all services, replicas and open intents
/// @param nonemptySince when the first serial was committed, in milliseconds
/// @param lastCommit names the last commit, so that a committer whose connection broke can find out
record Meta(
        String lineage,
        long serial,
        long tick,
        long lastOrdinal,
        long oldestReadable,
        long rowsDigest,
        Optional<Long> nonemptySince,
        String lastCommit) {

    static Meta fresh(String lineage) {
        return new Meta(lineage, 0, 0, 0, 0, 0, Optional.empty(), "");
    }

    /// The same with another sum over its rows.
    Meta withRowsDigest(long digest) {
        return new Meta(lineage, serial, tick, lastOrdinal, oldestReadable, digest, nonemptySince, lastCommit);
    }

    /// Reads the row.
    ///
    /// @return empty if the row is missing
    /// @throws StateException if its checksum does not fit
    static Optional<Meta> load(Session session) {
        return session.one(
                "SELECT lineage, serial, tick, last_ordinal, oldest_readable, rows_digest, nonempty_since, last_commit,"
                        + " row_sha256 FROM meta WHERE id = 1",
                row -> {
                    long since = row.getLong(7);
                    Optional<Long> nonemptySince = row.wasNull() ? Optional.empty() : Optional.of(since);
                    Meta meta = new Meta(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            nonemptySince,
                            row.getString(8));
                    StateProblems.requireIntact("meta", "1", meta.checksum(), row.getString(9));
                    return meta;
                });
    }

    void insert(Session session) {
        session.update(
                "INSERT INTO meta (lineage, serial, tick, last_ordinal, oldest_readable, rows_digest, nonempty_since,"
                        + " last_commit, row_sha256, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                values());
    }

    void update(Session session) {
        session.update(
                "UPDATE meta SET lineage = ?, serial = ?, tick = ?, last_ordinal = ?, oldest_readable = ?,"
                        + " rows_digest = ?, nonempty_since = ?, last_commit = ?, row_sha256 = ? WHERE id = 1",
                values());
    }

    private @Nullable Object[] values() {
        return new @Nullable Object[] {
            lineage,
            serial,
            tick,
            lastOrdinal,
            oldestReadable,
            rowsDigest,
            nonemptySince.orElse(null),
            lastCommit,
            checksum()
        };
    }

    private String checksum() {
        return Checksum.of(
                "meta",
                lineage,
                serial,
                tick,
                lastOrdinal,
                oldestReadable,
                rowsDigest,
                nonemptySince.orElse(null),
                lastCommit);
    }
}
