package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.SpecInForce;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// States that an earlier version made go on with the tables of this one.
class EarlierSchemaTest {
    private static final Consumer<Session> NOTHING_MORE = session -> {};

    @TempDir
    private Path directory;

    @Test
    void raisesAnEmbeddedState() {
        begin(new H2Database(directory, InstantSource.system()), NOTHING_MORE);

        requireWhole(new StateLocation.Directory(directory));
    }

    @Test
    void goesOnWithAMigrationThatWasKilled() {
        begin(
                new H2Database(directory, InstantSource.system()),
                session -> session.execute("CREATE TABLE provider_account (provider VARCHAR(200) PRIMARY KEY,"
                        + " body VARCHAR(1000000) NOT NULL, row_sha256 CHAR(64) NOT NULL)"));

        requireWhole(new StateLocation.Directory(directory));
    }

    @Test
    void raisesASharedState() {
        Assumptions.assumeTrue(PostgresFixture.isInstalled(), "PostgreSQL is not installed in /usr/lib/postgresql");
        var server = new StateLocation.PostgreSql(
                PostgresFixture.running().newDatabase(), Optional.of("postgres"), Optional.empty(), Optional.empty());
        begin(new PostgresDatabase(server), NOTHING_MORE);

        requireWhole(server);
    }

    /// A state of the first version with one service.
    private static void begin(Database database, Consumer<Session> more) {
        try (database) {
            Flyway.configure()
                    .dataSource(new ConnectionPerCall(database))
                    .locations("classpath:dev/skyhedge/state/store/migrations")
                    .target("1")
                    .load()
                    .migrate();
            Session session = new Session(database.connect());
            session.transaction(Connection.TRANSACTION_READ_COMMITTED, all -> {
                Meta fresh = Meta.fresh("lineage-1");
                var tables = new JdbcTables(all, fresh);
                tables.put(Samples.service("chat", 3));
                new Meta("lineage-1", 1, 1, 0, 0, tables.rowsDigest(), Optional.of(0L), "").insert(all);
                LeaseRow.insertFree(all);
                more.accept(all);
                return true;
            });
            database.sync(session);
            session.close();
            assertThat(Schema.version(database)).isEqualTo(1);
        }
    }

    private static void requireWhole(StateLocation location) {
        try (StateStore store = Opening.opened(States.open(location, InstantSource.system()))) {
            assertThat(store.read().services()).containsExactly(Samples.service("chat", 3));
            assertThat(store.read().accounts()).isEmpty();
            assertThat(store.read().specInForce()).isEmpty();
            assertThat(store.read().orders()).isEmpty();
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            List<Change> changes =
                    List.of(put("chat", 1, 1, Lifecycle.READY), new Change.PutAccount(Samples.account("aws", "4711")));
            assertThat(StateStoreContract.committed(store.commit(lease, changes)))
                    .isEqualTo(2);
            assertThat(store.read().accounts()).containsExactly(Samples.account("aws", "4711"));
            var spec = new SpecInForce("1", "", "web.hcl", Samples.T0, List.of());
            StateStoreContract.committed(store.commit(lease, List.of(new Change.PutSpec(spec))));
            assertThat(store.read().specInForce()).contains(spec);
        }
    }
}
