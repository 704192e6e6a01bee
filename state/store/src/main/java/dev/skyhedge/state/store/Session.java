package dev.skyhedge.state.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One connection with its prepared statements. Not thread-safe.
final class Session {
    private static final int FETCH_ROWS = 2_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /// Reads the current row of an answer.
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    Session(Connection connection) {
        this.connection = connection;
        run(c -> c.setAutoCommit(false));
    }

    /// Does work in one transaction, rolled back if the work throws.
    <T> T transaction(int isolation, Function<Session, T> work) {
        run(c -> {
            if (c.getTransactionIsolation() != isolation) {
                c.setTransactionIsolation(isolation);
            }
        });
        boolean committed = false;
        try {
            T result = work.apply(this);
            run(Connection::commit);
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException _) {
            // The connection is broken: the server rolls back by itself, and what broke it is already on its way up.
            close();
        }
    }

    int update(String sql, @Nullable Object... values) {
        try {
            return prepared(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /// Runs a statement that has no parameters and is not worth preparing.
    void execute(String sql) {
        run(c -> {
            try (var statement = c.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    <T> Optional<T> one(String sql, RowReader<T> reader, @Nullable Object... values) {
        return list(sql, reader, values).stream().findFirst();
    }

    <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (ResultSet rows = prepared(sql, values).executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(rows));
            }
            return result;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statement.setFetchSize(FETCH_ROWS);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private interface SqlAction {
        void on(Connection connection) throws SQLException;
    }

    private void run(SqlAction action) {
        try {
            action.on(connection);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /// Ends the connection, whatever state it is in.
    void close() {
        statements.clear();
        try {
            connection.close();
        } catch (SQLException _) {
            // It was broken before; there is nothing left to give back.
            statements.clear();
        }
    }
}
