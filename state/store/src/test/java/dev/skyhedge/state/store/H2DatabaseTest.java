package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.state.records.StateProblem;
import java.io.EOFException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2DatabaseTest {
    private static final int ROWS = 100_000;

    @TempDir
    Path directory;

    /// A result is sent in parts: the holder that closes its files between two of them is gone, not damaged.
    @Test
    void takesTheLossOfItsHolderBetweenTwoPartsOfAResultForALostConnection() throws Exception {
        try (H2Database holder = new H2Database(directory, InstantSource.system());
                Connection files = holder.connect();
                H2Database guest = new H2Database(directory, InstantSource.system())) {
            assertThat(files.isClosed()).isFalse();
            // Not closed here: it is broken at the end, and says so when it is closed.
            Statement statement = guest.connect().createStatement();
            statement.setFetchSize(10);
            ResultSet result = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, " + ROWS + ")");
            assertThat(result.next()).isTrue();

            holder.close();

            assertThatThrownBy(() -> readAll(result))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure ->
                                    assertThat(guest.problem(failure).kind()).isEqualTo(StateProblem.Kind.UNREACHABLE));
        }
    }

    /// What a holder cannot read itself is no matter of connections.
    @Test
    void takesAFailureToReadItsOwnFilesForDamage() {
        try (H2Database holder = new H2Database(directory, InstantSource.system())) {
            holder.connect();
            SQLException failure =
                    DbException.getJdbcSQLException(ErrorCode.IO_EXCEPTION_1, new EOFException(), "state.mv.db");

            assertThat(holder.problem(failure).kind()).isEqualTo(StateProblem.Kind.DAMAGED);
        }
    }

    private static void readAll(ResultSet result) throws SQLException {
        while (result.next()) {
            assertThat(result.getLong(1)).isPositive();
        }
    }
}
