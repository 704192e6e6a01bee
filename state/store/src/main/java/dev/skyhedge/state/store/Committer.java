package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import java.util.List;
import java.util.Optional;

/// One commit, which may take several attempts when the connection breaks under it.
final class Committer {
    private final Lease lease;
    private final List<Change> changes;
    private final String name;
    private final Retention retention;
    private final Database database;
    private Optional<Sidecar.Mark> mark = Optional.empty();

    /// @param name unique for each commit: finds out whether an attempt without an answer was taken
    Committer(Lease lease, List<Change> changes, String name, Retention retention, Database database) {
        this.lease = lease;
        this.changes = changes;
        this.name = name;
        this.retention = retention;
        this.database = database;
    }

    /// What is to be remembered of this commit beside the state: all but commits that a later tick makes again.
    Optional<Sidecar.Mark> mark() {
        return mark;
    }

    CommitResult commit(Session session, int attempt) {
        LeaseRow row = LeaseRow.lock(session);
        if (attempt > 1) {
            Optional<CommitResult> earlier = earlierResult(session);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        if (!row.isHeldUnder(lease.epoch())) {
            return new CommitResult.Fenced(row.holder());
        }
        Meta before = SnapshotReader.meta(session);
        JdbcTables tables = new JdbcTables(session, before);
        ChangeApplier applier = new ChangeApplier(tables, lease.epoch());
        changes.forEach(applier::apply);
        if (retention.foldsSpendAt(before.tick() + 1)) {
            SpendFolding.run(tables, database.now(session).minus(retention.spend()));
        }
        Meta after = write(session, before, tables, applier);
        Failpoint.reached("commit.mid");
        return new CommitResult.Committed(after.serial());
    }

    private Meta write(Session session, Meta before, JdbcTables tables, ChangeApplier applier) {
        long serial = before.serial() + (applier.raisesSerial() ? 1 : 0);
        Optional<Long> nonemptySince = before.nonemptySince();
        if (applier.raisesSerial()) {
            var now = Millis.cut(database.now(session));
            HistoryTable.append(session, serial, now, applier.rowChanges());
            nonemptySince = nonemptySince.or(() -> Optional.of(now.toEpochMilli()));
        }
        Meta meta = new Meta(
                before.lineage(),
                serial,
                before.tick() + 1,
                tables.lastOrdinal(),
                before.oldestReadable(),
                tables.rowsDigest(),
                nonemptySince,
                name);
        Meta compacted = Compaction.run(session, meta, before, retention);
        compacted.update(session);
        if (applier.raisesSerial() || applier.opensIntent()) {
            mark = Optional.of(Sidecar.Mark.of(compacted));
        }
        return compacted;
    }

    /// The result of an earlier attempt, if the database took it after all.
    Optional<CommitResult> earlierResult(Session session) {
        LeaseRow.lock(session);
        Meta meta = SnapshotReader.meta(session);
        return meta.lastCommit().equals(name)
                ? Optional.of(new CommitResult.Committed(meta.serial()))
                : Optional.empty();
    }
}
