package dev.skyhedge.state.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Brings a database's tables to the version that this Skyhedge knows. What starts often must start fast: the
/// migration library is not even loaded while the version fits.
final class Schema {
    /// The version that the newest migration script makes.
    static final int VERSION = 7;

    /// By the SQL standard; H2 and PostgreSQL keep to it.
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String SCRIPTS = "classpath:dev/skyhedge/state/store/migrations";

    private Schema() {}

    /// Makes or raises the tables where needed, and the rows that a new state begins with.
    ///
    /// @param mayBeNew whether a database without our tables is a new state; otherwise it is left as it is
    /// @param lineage gives the identity of a new state; asked only if it is one
    /// @throws StateException if a newer Skyhedge wrote them
    static Optional<Meta> prepare(Database database, boolean mayBeNew, Supplier<String> lineage) {
        int found = version(database);
        if (found == 0 && !mayBeNew) {
            return Optional.empty();
        }
        if (found > VERSION) {
            throw new StateException(StateProblems.newerVersion(database.location(), found, VERSION));
        }
        if (found < VERSION) {
            if (found > 0) {
                requireThatNobodyWorksWithIt(database);
            }
            migrate(database);
        }
        Optional<Meta> meta = inNewSession(database, Meta::load);
        return meta.isPresent() || !mayBeNew ? meta : Optional.of(begin(database, lineage.get()));
    }

    /// Two who open a new state at once both find it without rows; the rows of the first are those of both.
    private static Meta begin(Database database, String lineage) {
        try {
            return inNewSession(database, session -> insertFirstRows(session, lineage));
        } catch (SqlFailure e) {
            if (!UNIQUE_VIOLATION.equals(e.sql().getSQLState())) {
                throw e;
            }
            return inNewSession(database, Meta::load).orElseThrow(() -> e);
        }
    }

    /// Makes an empty state one of the given lineage.
    ///
    /// @throws StateException if it is not empty, or somebody works with it
    static Meta adopt(Database database, String lineage) {
        prepare(database, true, () -> lineage);
        return inNewSession(database, session -> {
            LeaseRow row = LeaseRow.lock(session);
            Meta found = SnapshotReader.meta(session);
            if (found.tick() > 0) {
                throw new StateException(StateProblems.notEmpty(
                        database.location(),
                        lineage,
                        "has serial " + found.serial() + " and commit " + found.tick() + " of lineage "
                                + found.lineage()));
            }
            if (row.holder().isPresent()) {
                throw new StateException(StateProblems.locked(
                        database.location(),
                        "`skyhedge " + row.holder().get().claim().operation() + "` has its lease"));
            }
            Meta adopted = Meta.fresh(lineage);
            adopted.update(session);
            return adopted;
        });
    }

    private static Meta insertFirstRows(Session session, String lineage) {
        Meta fresh = Meta.fresh(lineage);
        fresh.insert(session);
        LeaseRow.insertFree(session);
        return fresh;
    }

    /// 0 for a database without our tables.
    static int version(Database database) {
        return inNewSession(database, Schema::version);
    }

    static int version(Session session) {
        // Either case is spelt out: a database folds letters as the locale of its process does.
        boolean present = session.one(
                        "SELECT COUNT(*) FROM information_schema.tables"
                                + " WHERE table_name IN ('schema_info', 'SCHEMA_INFO') AND table_schema = CURRENT_SCHEMA",
                        row -> row.getInt(1) > 0)
                .orElse(false);
        return present
                ? session.one("SELECT MAX(version) FROM schema_info", row -> row.getInt(1))
                        .orElse(0)
                : 0;
    }

    /// Raises the tables to the version that this Skyhedge knows.
    static void migrate(Database database) {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(new ConnectionPerCall(database))
                    .locations(SCRIPTS)
                    .javaMigrations(new MachinesAndTasks())
                    .baselineOnMigrate(false)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw cause(e, StateException.class)
                    .<RuntimeException>map(cause -> cause)
                    .or(() -> cause(e, SqlFailure.class))
                    .or(() -> cause(e, SQLException.class).map(SqlFailure::new))
                    .orElse(e);
        }
    }

    /// What was thrown below. The library wraps it once or twice, depending on what it was doing.
    private static <T> Optional<T> cause(FlywayException failure, Class<T> type) {
        @Nullable Throwable cause = failure.getCause();
        while (cause instanceof FlywayException wrapped) {
            cause = wrapped.getCause();
        }
        return type.isInstance(cause) ? Optional.of(type.cast(cause)) : Optional.empty();
    }

    /// An earlier version that works with its tables must find them as long as it does.
    private static void requireThatNobodyWorksWithIt(Database database) {
        inNewSession(database, session -> {
            if (Meta.load(session).isEmpty()) {
                return true;
            }
            LeaseRow.load(session)
                    .holder()
                    .filter(lease -> !LeaseTerms.isOver(lease, database.now(session), LocalProcesses::isDead))
                    .ifPresent(lease -> {
                        throw new StateException(StateProblems.inUseByEarlierVersion(database.location(), lease));
                    });
            return true;
        });
    }

    private static <T> T inNewSession(Database database, Function<Session, T> work) {
        Session session = new Session(database.connect());
        try {
            return session.transaction(Connection.TRANSACTION_READ_COMMITTED, work);
        } finally {
            session.close();
        }
    }
}
