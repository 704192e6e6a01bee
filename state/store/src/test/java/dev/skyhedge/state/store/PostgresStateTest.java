package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresStateTest extends StateStoreContract {
    private String url = "";

    @BeforeAll
    static void needPostgres() {
        Assumptions.assumeTrue(PostgresFixture.isInstalled(), "PostgreSQL is not installed in /usr/lib/postgresql");
    }

    @Override
    public StateStore create(Retention retention) {
        url = PostgresFixture.running().newDatabase();
        return Opening.opened(States.open(
                new StateLocation.PostgreSql(url, Optional.of("postgres"), Optional.empty(), Optional.empty()),
                new MovableClock(),
                retention));
    }

    @Test
    void tellsAnotherMachineWhatProvidersWere(@TempDir Path itsDirectory) {
        commit(new Change.PutAccount(Samples.account("aws", "4711")));
        var fromThere =
                new StateLocation.PostgreSql(url, Optional.of("postgres"), Optional.empty(), Optional.of(itsDirectory));

        try (StateStore there = Opening.opened(States.open(fromThere, new MovableClock()))) {
            assertThat(there.read().accounts()).containsExactly(Samples.account("aws", "4711"));
        }
    }

    /// The server's clock cannot be moved, so the lease is moved into the past.
    @Override
    public void pass(Duration time) {
        try (var connection = DriverManager.getConnection(url, "postgres", "")) {
            connection.setAutoCommit(false);
            Session session = new Session(connection);
            LeaseRow row = LeaseRow.lock(session);
            Lease held = row.holder().orElseThrow();
            Lease older = new Lease(
                    held.claim(),
                    held.epoch(),
                    held.heartbeatAt().minus(time),
                    held.expiresAt().minus(time));
            LeaseRow.update(session, row.epoch(), Optional.of(older));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
