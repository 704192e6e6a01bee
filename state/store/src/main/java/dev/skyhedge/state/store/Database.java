package dev.skyhedge.state.store;

import dev.skyhedge.state.records.StateProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// A database that holds a state, and everything in which one kind of database differs from another. Thread-safe.
interface Database extends AutoCloseable {
    /// A new connection. Waits, within limits, for a database that is changing hands.
    ///
    /// @throws SqlFailure if the database refuses
    /// @throws StateException if it cannot be used
    Connection connect();

    /// The isolation level at which a transaction sees one snapshot.
    int snapshotIsolation();

    /// The store's clock.
    Instant now(Session session);

    /// Makes what was committed survive a loss of power, where the commit alone does not.
    void sync(Session session);

    /// What a failure means for the user. [StateProblem.Kind#UNREACHABLE] means that connecting again may help.
    StateProblem problem(SQLException failure);

    /// For people, without credentials.
    String location();

    /// Says that what was read is whole: from now on the database may change its files.
    void trust();

    /// Says that damage was found: unless it was trusted before, closing leaves the files as they were found.
    void distrust();

    /// Whether its files have grown so far beyond what lives in them that they should be compacted.
    boolean isOvergrown();

    /// Compacts its files. Breaks all connections; new ones wait until it is done. The caller sees to it that
    /// none of its own is in use. If it cannot be done the files stay as they are, and may grow on.
    void compact();

    /// Leaves the database so that nothing that was read is changed.
    @Override
    void close();
}
