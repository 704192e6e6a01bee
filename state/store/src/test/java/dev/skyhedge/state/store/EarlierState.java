package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.json.ReplicaForms;
import dev.skyhedge.state.store.json.RowJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;

/// A state as an earlier version left it, or works with it.
public final class EarlierState implements AutoCloseable {
    private final Database database;

    private EarlierState(Database database) {
        this.database = database;
    }

    /// One in this directory, with whose lease this process keeps it.
    public static EarlierState inUse(Path directory) throws IOException {
        PrivateFiles.makeDirectory(directory);
        begin(() -> new H2Database(directory, InstantSource.system()), "5", EarlierState::holdLease);
        return new EarlierState(new H2Database(directory, InstantSource.system()));
    }

    /// The holder ends.
    @Override
    public void close() {
        Session session = new Session(database.connect());
        session.transaction(Connection.TRANSACTION_READ_COMMITTED, all -> {
            LeaseRow.update(all, 3, Optional.empty());
            return true;
        });
        session.close();
        database.close();
    }

    static void holdLease(Session session) {
        LeaseClaim claim = LocalProcesses.claim("watch", "1");
        Instant now = Instant.now();
        LeaseRow.update(session, 3, Optional.of(new Lease(claim, 3, now, now.plusSeconds(60))));
    }

    /// Makes the state as it was taken from that version, with its tables.
    ///
    /// @return its replicas
    static List<ReplicaRecord> begin(Supplier<Database> place, String version, Consumer<Session> more) {
        try (Database database = place.get()) {
            Flyway.configure()
                    .dataSource(new ConnectionPerCall(database))
                    .locations("classpath:dev/skyhedge/state/store/migrations")
                    .target(version)
                    .load()
                    .migrate();
            Session session = new Session(database.connect());
            List<ReplicaRecord> replicas = session.transaction(Connection.TRANSACTION_READ_COMMITTED, all -> {
                rows().lines()
                        .filter(line -> !line.startsWith("--") && !line.isBlank())
                        .forEach(all::execute);
                more.accept(all);
                return all.list(
                        "SELECT body FROM replica", row -> RowJson.read(ReplicaForms.REPLICA, row.getString(1)));
            });
            database.sync(session);
            session.close();
            TreeMap<ReplicaKey, ReplicaRecord> byKey = new TreeMap<>();
            replicas.forEach(replica -> byKey.put(replica.key(), replica));
            return ReplicaKey.newestGenerations(byKey);
        }
    }

    /// Brings it to a version between its own and that of this Skyhedge.
    static void raise(Database database, String version) {
        Flyway.configure()
                .dataSource(new ConnectionPerCall(database))
                .locations("classpath:dev/skyhedge/state/store/migrations")
                .javaMigrations(new MachinesAndTasks())
                .target(version)
                .load()
                .migrate();
    }

    private static String rows() {
        try (InputStream in = EarlierState.class.getResourceAsStream("state-of-version-5.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
