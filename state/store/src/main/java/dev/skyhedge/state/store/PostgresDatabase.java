package dev.skyhedge.state.store;

import dev.skyhedge.state.records.StateProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/// A PostgreSQL database that several machines share.
final class PostgresDatabase implements Database {
    /// A server that has vanished without a word is to be noticed while the lease can still be had again.
    private static final String CONNECT_TIMEOUT_SECONDS = "4";

    private static final String SOCKET_TIMEOUT_SECONDS = "10";
    /// Classes of failures that mean the server, its shutdown, the login or the name of the database.
    private static final List<String> UNREACHABLE = List.of("08", "57", "28", "3D");
    private static final String OPTIONS =
            "-c synchronous_commit=on -c lock_timeout=8s -c idle_in_transaction_session_timeout=30s";

    private final StateLocation.PostgreSql where;

    PostgresDatabase(StateLocation.PostgreSql where) {
        this.where = where;
    }

    @Override
    public Connection connect() {
        Properties properties = new Properties();
        where.user().ifPresent(user -> properties.setProperty("user", user));
        where.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        properties.setProperty("options", OPTIONS);
        properties.setProperty("ApplicationName", "skyhedge");
        try {
            Connection connection = new Driver().connect(where.url(), properties);
            if (connection == null) {
                throw new StateException(StateProblems.unreachable(location(), "the URL is not understood"));
            }
            return connection;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public int snapshotIsolation() {
        return Connection.TRANSACTION_REPEATABLE_READ;
    }

    @Override
    public Instant now(Session session) {
        return session.one(
                        "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
                        row -> Instant.ofEpochMilli(row.getLong(1)))
                .orElseThrow();
    }

    /// Its commits are durable when they return.
    @Override
    public void sync(Session session) {}

    @Override
    public StateProblem problem(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String message = Failures.firstLine(failure);
        if (state.startsWith("53")) {
            return StateProblems.full(location(), message);
        }
        if (failure.getSQLState() == null || UNREACHABLE.stream().anyMatch(state::startsWith)) {
            return StateProblems.unreachable(location(), message);
        }
        return switch (state) {
            case "25006" -> StateProblems.readOnly(location());
            case "55P03", "40001", "40P01" -> StateProblems.locked(location(), message);
            default -> StateProblems.damaged(location() + " cannot be read or written: " + message);
        };
    }

    @Override
    public String location() {
        int query = where.url().indexOf('?');
        return query < 0 ? where.url() : where.url().substring(0, query);
    }

    /// Damage is the server's to handle.
    @Override
    public void trust() {}

    @Override
    public void distrust() {}

    /// Its size is the server's to handle.
    @Override
    public boolean isOvergrown() {
        return false;
    }

    @Override
    public void compact() {}

    @Override
    public void close() {}
}
