package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.StateProblem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL server that breaks connections, crashes, or comes back with another or an older database.
class PostgresFailuresIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private String url = "";

    @BeforeAll
    static void needPostgres() {
        Assumptions.assumeTrue(PostgresFixture.isInstalled(), "PostgreSQL is not installed in /usr/lib/postgresql");
    }

    @BeforeEach
    void newDatabase() {
        url = PostgresFixture.running().newDatabase();
    }

    private OpenResult open() {
        return States.open(
                new StateLocation.PostgreSql(url, Optional.of("postgres"), Optional.empty(), Optional.of(directory)),
                new MovableClock());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "");
    }

    private static Lease lease(StateStore store) {
        return StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
    }

    private static List<Change> launch(int ordinal, Lease lease) {
        return List.of(
                Samples.put("chat", ordinal, 1, Lifecycle.REQUESTED),
                new Change.OpenIntent(Samples.intent("launch-" + ordinal, lease.epoch())));
    }

    @Test
    void commitsOnceWhenTheConnectionBreaksInTheMiddle() throws Exception {
        try (StateStore store = Opening.opened(open())) {
            Lease lease = lease(store);
            CompletableFuture<CommitResult> commit;
            try (Connection inTheWay = connect();
                    var statement = inTheWay.createStatement()) {
                inTheWay.setAutoCommit(false);
                statement.execute("SELECT serial FROM meta FOR UPDATE");
                commit = CompletableFuture.supplyAsync(() -> store.commit(lease, launch(1, lease)));
                killWhoeverWaitsForALock();
                inTheWay.rollback();
            }

            assertThat(commit.get(20, TimeUnit.SECONDS)).isEqualTo(new CommitResult.Committed(1));
            assertThat(store.read().replicas()).hasSize(1);
            assertThat(store.history(Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    private void killWhoeverWaitsForALock() throws SQLException {
        String kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            while (System.nanoTime() < deadline) {
                try (var rows = statement.executeQuery(kill)) {
                    if (rows.next()) {
                        return;
                    }
                }
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("Nobody waits for a lock");
    }

    @Test
    void goesOnAfterTheServerCrashedUnderAnOpenStore() throws Exception {
        try (StateStore store = Opening.opened(open())) {
            Lease lease = lease(store);
            StateStoreContract.committed(store.commit(lease, launch(1, lease)));
            Snapshot before = store.read();

            PostgresFixture.running().crashAndRestart();

            assertThat(store.read()).isEqualTo(before);
            assertThat(store.heartbeat(lease)).isTrue();
            assertThat(store.commit(lease, launch(2, lease))).isEqualTo(new CommitResult.Committed(2));
        }
    }

    @Test
    void refusesAnEmptyDatabaseWhereThereWasAState() throws Exception {
        try (StateStore store = Opening.opened(open())) {
            Lease lease = lease(store);
            StateStoreContract.committed(store.commit(lease, launch(1, lease)));
        }

        url = PostgresFixture.running().newDatabase();

        assertThat(Opening.refused(open()).kind()).isEqualTo(StateProblem.Kind.LOST);
        try (Connection connection = connect();
                var tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            assertThat(tables.next()).as("a table was made").isFalse();
        }
    }

    @Test
    void refusesABackupThatLacksTheNewestIntent() throws Exception {
        Meta backup;
        try (StateStore store = Opening.opened(open())) {
            Lease lease = lease(store);
            StateStoreContract.committed(store.commit(lease, launch(1, lease)));
            try (Connection connection = connect()) {
                backup = Meta.load(new Session(connection)).orElseThrow();
            }
            StateStoreContract.committed(
                    store.commit(lease, List.of(new Change.OpenIntent(Samples.intent("stop", lease.epoch())))));
        }

        try (Connection connection = connect()) {
            Session session = new Session(connection);
            session.update("DELETE FROM intent WHERE id = ?", "stop");
            backup.update(session);
            connection.commit();
        }

        assertThat(Opening.refused(open()).kind()).isEqualTo(StateProblem.Kind.LOST);
    }

    @Test
    void findsItsStateAgain() {
        try (StateStore store = Opening.opened(open())) {
            Lease lease = lease(store);
            StateStoreContract.committed(store.commit(lease, launch(1, lease)));
        }

        try (StateStore store = Opening.opened(open())) {
            assertThat(store.read().serial()).isEqualTo(1);
        }
    }
}
