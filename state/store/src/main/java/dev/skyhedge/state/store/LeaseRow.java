package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The row of the lease. It outlives its holders: the epoch never falls.
///
/// @param epoch of the last grant; 0 if there was none
/// @param holder the current lease, if anybody has it
record LeaseRow(long epoch, Optional<Lease> holder) {
    private static final String SELECT =
            "SELECT epoch, claim, heartbeat_at, expires_at, row_sha256 FROM lease WHERE id = 1";

    /// Reads the row as it is.
    static LeaseRow load(Session session) {
        return session.one(SELECT, LeaseRow::read).orElseThrow(LeaseRow::missing);
    }

    /// Reads the row and keeps it from changing until this transaction ends. Every commit does this first, so
    /// that commits and grants follow one after the other.
    static LeaseRow lock(Session session) {
        return session.one(SELECT + " FOR UPDATE", LeaseRow::read).orElseThrow(LeaseRow::missing);
    }

    private static StateException missing() {
        return new StateException(StateProblems.missingRow("lease", "1"));
    }

    static void insertFree(Session session) {
        session.update(
                "INSERT INTO lease (epoch, claim, heartbeat_at, expires_at, row_sha256, id) VALUES (?, ?, ?, ?, ?, 1)",
                values(0, Optional.empty()));
    }

    static void update(Session session, long epoch, Optional<Lease> holder) {
        session.update(
                "UPDATE lease SET epoch = ?, claim = ?, heartbeat_at = ?, expires_at = ?, row_sha256 = ? WHERE id = 1",
                values(epoch, holder));
    }

    boolean isHeldUnder(long wantedEpoch) {
        return holder.isPresent() && epoch == wantedEpoch;
    }

    private static LeaseRow read(ResultSet row) throws SQLException {
        long epoch = row.getLong(1);
        @Nullable String claim = row.getString(2);
        long heartbeat = row.getLong(3);
        long expires = row.getLong(4);
        StateProblems.requireIntact(
                "lease", "1", Checksum.of("lease", epoch, claim, heartbeat, expires), row.getString(5));
        return new LeaseRow(
                epoch,
                Optional.ofNullable(claim)
                        .map(json -> new Lease(
                                RowJson.read(RecordForms.CLAIM, json),
                                epoch,
                                Instant.ofEpochMilli(heartbeat),
                                Instant.ofEpochMilli(expires))));
    }

    private static @Nullable Object[] values(long epoch, Optional<Lease> holder) {
        @Nullable
        String claim = holder.map(lease -> RowJson.write(RecordForms.CLAIM, lease.claim()))
                .orElse(null);
        long heartbeat = holder.map(lease -> lease.heartbeatAt().toEpochMilli()).orElse(0L);
        long expires = holder.map(lease -> lease.expiresAt().toEpochMilli()).orElse(0L);
        return new @Nullable Object[] {
            epoch, claim, heartbeat, expires, Checksum.of("lease", epoch, claim, heartbeat, expires)
        };
    }
}
