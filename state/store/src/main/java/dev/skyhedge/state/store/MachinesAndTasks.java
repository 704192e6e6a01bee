package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.ReplicaForms;
import dev.skyhedge.state.store.json.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/// The step to version 6: replicas become machines and tasks, services become workloads. Every row is kept, running
/// replicas first of all. History stays as it is: it tells of replicas.
///
/// H2 commits each statement that changes a table by itself, so a killed migration is run again from its beginning: the
/// new rows and the new version are one commit, before which the old tables are whole and after which nobody reads
/// them. It may be run again after that commit, too: whoever was killed has not noted that it was done.
final class MachinesAndTasks implements JavaMigration {
    private static final int VERSION = 6;
    private static final String COLUMNS =
            "live BOOLEAN NOT NULL, serial BIGINT NOT NULL, body VARCHAR(1000000) NOT NULL,"
                    + " row_sha256 CHAR(64) NOT NULL, PRIMARY KEY ";

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(Integer.toString(VERSION));
    }

    @Override
    public String getDescription() {
        return "machines and tasks";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        Session session = new Session(context.getConnection());
        if (Schema.version(session) < VERSION) {
            convert(session);
        }
        session.execute("DROP TABLE IF EXISTS replica");
        Failpoint.reached("migrate.dropped");
        session.execute("DROP TABLE IF EXISTS service");
    }

    private static void convert(Session session) {
        session.execute("CREATE TABLE IF NOT EXISTS workload (name VARCHAR(200), " + COLUMNS + "(name))");
        session.execute("CREATE TABLE IF NOT EXISTS machine (name VARCHAR(200), generation INTEGER, " + COLUMNS
                + "(name, generation))");
        session.execute(
                "CREATE TABLE IF NOT EXISTS task (workload VARCHAR(200), name VARCHAR(200), generation INTEGER, "
                        + COLUMNS + "(workload, name, generation))");
        session.execute("CREATE INDEX IF NOT EXISTS task_name ON task (name, generation)");
        List<String> digested = new ArrayList<>();
        services(session)
                .forEach(old -> digested.add(SubjectTable.WORKLOADS
                        .put(session, old.value(), old.serial(), false)
                        .sha256()));
        for (Old<ReplicaRecord> old : unique(replicas(session))) {
            ReplicaRecord replica = old.value();
            digested.add(SubjectTable.MACHINES
                    .put(session, replica.machine(), old.serial(), false)
                    .sha256());
            digested.add(SubjectTable.TASKS
                    .put(session, replica.task(), old.serial(), false)
                    .sha256());
        }
        for (SubjectTable.Row<Intent> intent : Rows.openIntents(session)) {
            digested.add(intent.sha256());
        }
        long digest = digested.stream().mapToLong(Checksum::digest).sum();
        Meta.load(session).map(meta -> meta.withRowsDigest(digest)).ifPresent(meta -> meta.update(session));
        Failpoint.reached("migrate.written");
        session.update("UPDATE schema_info SET version = ?", VERSION);
    }

    /// A row of an earlier version.
    private record Old<T>(T value, long serial) {}

    private static List<Old<WorkloadRecord>> services(Session session) {
        return session.list("SELECT name, serial, body, row_sha256 FROM service", row -> {
            String expected = Checksum.of("service", row.getString(1), row.getLong(2), row.getString(3));
            StateProblems.requireIntact("service", row.getString(1), expected, row.getString(4));
            return new Old<>(RowJson.read(RecordForms.WORKLOAD, row.getString(3)), row.getLong(2));
        });
    }

    private static List<Old<ReplicaRecord>> replicas(Session session) {
        return session.list(
                "SELECT service, name, generation, live, created_serial, serial, body, row_sha256 FROM replica",
                MachinesAndTasks::replica);
    }

    private static Old<ReplicaRecord> replica(ResultSet row) throws SQLException {
        String expected = Checksum.of(
                "replica",
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getBoolean(4),
                row.getLong(5),
                row.getLong(6),
                row.getString(7));
        StateProblems.requireIntact("replica", row.getString(2) + "#" + row.getInt(3), expected, row.getString(8));
        return new Old<>(RowJson.read(ReplicaForms.REPLICA, row.getString(7)), row.getLong(6));
    }

    /// Names of replicas are unique among those that live. Of ones that have ended, under services that were given
    /// other names since, the newest is kept.
    private static Collection<Old<ReplicaRecord>> unique(List<Old<ReplicaRecord>> all) {
        Comparator<Old<ReplicaRecord>> later = Comparator.comparing(
                        (Old<ReplicaRecord> old) -> old.value().lifecycle().isLive())
                .thenComparing(Old::serial);
        Map<Object, Old<ReplicaRecord>> kept = new HashMap<>();
        all.forEach(old -> kept.merge(
                old.value().machine().key(), old, (one, other) -> later.compare(one, other) < 0 ? other : one));
        return kept.values();
    }
}
