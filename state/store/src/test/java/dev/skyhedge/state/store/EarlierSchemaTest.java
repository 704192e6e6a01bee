package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.RecordedDecision;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.StateProblem;
import dev.skyhedge.state.records.Task;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// States that an earlier version made go on with the tables of this one: every replica that runs is kept.
class EarlierSchemaTest {
    private static final Consumer<Session> NOTHING_MORE = _ -> {};
    private static final long SERIAL = 50;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"1", "5"})
    void raisesAnEmbeddedState(String version) {
        List<ReplicaRecord> before = EarlierState.begin(this::files, version, NOTHING_MORE);

        requireWhole(new StateLocation.Directory(directory), before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5"})
    void raisesASharedState(String version) {
        var server = server();
        List<ReplicaRecord> before = EarlierState.begin(() -> new PostgresDatabase(server), version, NOTHING_MORE);

        requireWhole(server, before);
    }

    @Test
    void raisesAStateOfTheVersionBefore() {
        List<ReplicaRecord> before = EarlierState.begin(this::files, "5", NOTHING_MORE);
        raiseToTheVersionBefore(files());

        requireWhole(new StateLocation.Directory(directory), before);
    }

    @Test
    void raisesASharedStateOfTheVersionBefore() {
        var server = server();
        List<ReplicaRecord> before = EarlierState.begin(() -> new PostgresDatabase(server), "5", NOTHING_MORE);
        raiseToTheVersionBefore(new PostgresDatabase(server));

        requireWhole(server, before);
    }

    private static void raiseToTheVersionBefore(Database opened) {
        try (Database database = opened) {
            EarlierState.raise(database, String.valueOf(Schema.VERSION - 1));
            assertThat(Schema.version(database)).isEqualTo(Schema.VERSION - 1);
        }
    }

    @Test
    void goesOnWithAMigrationThatWasKilled() {
        List<ReplicaRecord> before = EarlierState.begin(
                this::files,
                "5",
                session -> session.execute("CREATE TABLE workload (name VARCHAR(200), live BOOLEAN NOT NULL,"
                        + " serial BIGINT NOT NULL, body VARCHAR(1000000) NOT NULL, row_sha256 CHAR(64) NOT NULL,"
                        + " PRIMARY KEY (name))"));

        requireWhole(new StateLocation.Directory(directory), before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate.written", "migrate.dropped"})
    void losesNothingWhenKilledWhileItMigrates(String failpoint) throws Exception {
        List<ReplicaRecord> before = EarlierState.begin(this::files, "5", NOTHING_MORE);
        try (ChildJvm child = ChildJvm.start(directory, "hold", "-Dskyhedge.failpoint=" + failpoint + ":1")) {
            assertThat(child.exitCode()).isEqualTo(Failpoint.EXIT_CODE);
        }

        requireWhole(new StateLocation.Directory(directory), before);
    }

    @Test
    void isConvertedOnceThoughTheLibraryDoesNotKnowThatItWas() {
        List<ReplicaRecord> before = EarlierState.begin(this::files, "5", NOTHING_MORE);
        Opening.opened(Opening.open(directory)).close();
        try (Database database = files()) {
            Session session = new Session(database.connect());
            int forgotten = session.transaction(
                    Connection.TRANSACTION_READ_COMMITTED,
                    all -> all.update("DELETE FROM \"flyway_schema_history\" WHERE \"version\" IN ('6', '7')"));
            session.close();
            assertThat(forgotten).isEqualTo(2);
            Schema.migrate(database);
        }

        requireWhole(new StateLocation.Directory(directory), before);
    }

    @Test
    void leavesAStateAloneWithWhichAnEarlierVersionWorks() {
        EarlierState.begin(this::files, "5", EarlierState::holdLease);

        StateProblem problem = Opening.refused(Opening.open(directory));

        assertThat(problem.kind()).isEqualTo(StateProblem.Kind.IN_USE);
        assertThat(problem.detail()).contains("`skyhedge watch` of an earlier one", "what it has launched runs on");
        try (Database database = files()) {
            assertThat(Schema.version(database)).isEqualTo(5);
        }
    }

    @Test
    void leavesASharedStateAloneWithWhichAnEarlierVersionWorks() {
        var server = server();
        EarlierState.begin(() -> new PostgresDatabase(server), "5", EarlierState::holdLease);

        StateProblem problem = Opening.refused(States.open(server, InstantSource.system()));

        assertThat(problem.kind()).isEqualTo(StateProblem.Kind.IN_USE);
    }

    @Test
    void leavesADamagedStateAsItWas() {
        EarlierState.begin(
                this::files,
                "5",
                session -> session.update("UPDATE replica SET live = NOT live WHERE name = 'embed-3'"));

        assertThat(Opening.refused(Opening.open(directory)).detail()).contains("embed-3");
        assertThat(Opening.refused(Opening.open(directory)).detail()).contains("embed-3");
    }

    private Database files() {
        return new H2Database(directory, InstantSource.system());
    }

    private static StateLocation.PostgreSql server() {
        Assumptions.assumeTrue(PostgresFixture.isInstalled(), "PostgreSQL is not installed in /usr/lib/postgresql");
        return new StateLocation.PostgreSql(
                PostgresFixture.running().newDatabase(), Optional.of("postgres"), Optional.empty(), Optional.empty());
    }

    private static void requireWhole(StateLocation location, List<ReplicaRecord> before) {
        try (StateStore store = Opening.opened(States.open(location, InstantSource.system()))) {
            Snapshot found = store.read();
            assertThat(found.replicas()).isEqualTo(before);
            assertThat(found.serial()).isEqualTo(SERIAL);
            assertThat(found.openIntents()).hasSize(6);
            assertThat(found.services())
                    .singleElement()
                    .satisfies(service -> assertThat(service.address()).isEqualTo("service.embed"));
            requireWhatTheRowsSaid(found);
            assertThat(store.readAt(SERIAL - 3).replicas()).isNotEqualTo(found.replicas());
            assertThat(store.history(Long.MAX_VALUE, 1).getFirst().table()).isEqualTo("replica");
            goOn(store, found.replicas().getFirst());
        }
        Opening.opened(States.open(location, InstantSource.system())).close();
    }

    private static void requireWhatTheRowsSaid(Snapshot found) {
        assertThat(found.replicas().stream()
                        .filter(replica -> replica.lifecycle().isLive())
                        .collect(Collectors.groupingBy(ReplicaRecord::lifecycle, Collectors.counting())))
                .containsKeys(Lifecycle.READY, Lifecycle.DRAINING, Lifecycle.REQUESTED);
        ReplicaRecord ready = found.replicas().stream()
                .filter(replica -> replica.name().equals("embed-3"))
                .findFirst()
                .orElseThrow();
        assertThat(ready.lifecycle()).isEqualTo(Lifecycle.READY);
        assertThat(ready.since()).isEqualTo(Instant.ofEpochMilli(1_796_147_826_347L));
        assertThat(ready.machine().state()).isEqualTo(Machine.State.UP);
        assertThat(ready.instanceId()).contains("i-000001");
        assertThat(ready.task().state()).isEqualTo(Task.State.READY);
        assertThat(ready.isServing()).isTrue();
    }

    private static void goOn(StateStore store, ReplicaRecord replica) {
        Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
        ReplicaRecord drained = replica.in(Lifecycle.STOPPING, Samples.T0, "drained");
        var spec = new SpecInForce("1", "", "web.hcl", Samples.T0, List.of());
        List<Change> changes = List.of(
                new Change.PutReplica(drained),
                new Change.PutAccount(Samples.account("aws", "4711")),
                new Change.PutSpec(spec),
                new Change.KeepDecision(Samples.T0, "{}"));

        assertThat(StateStoreContract.committed(store.commit(lease, changes))).isEqualTo(SERIAL + 1);
        assertThat(store.read().replicas()).contains(drained);
        assertThat(store.read().accounts()).containsExactly(Samples.account("aws", "4711"));
        assertThat(store.read().specInForce()).contains(spec);
        assertThat(store.decisions(Long.MAX_VALUE, 9))
                .containsExactly(new RecordedDecision(SERIAL + 1, Samples.T0, "{}"));
        store.release(lease);
    }
}
