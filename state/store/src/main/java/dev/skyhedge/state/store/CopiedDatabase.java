package dev.skyhedge.state.store;

import dev.skyhedge.state.records.StateProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

/// A copy of an embedded database whose files may be read, but not written: a backup on a read-only disk, another
/// user's state. Opening files of H2 writes them, a lock beside them, and newer tables into them, so it is a copy
/// that is opened. It shows what was committed when it was made, and is gone once it is closed.
///
/// A process may be writing the files meanwhile. It only ever appends to them, or puts a whole one in their place,
/// so that what is copied is what they were at some moment.
final class CopiedDatabase implements Database {
    private final Path directory;
    private final String original;
    private final Database copy;

    private CopiedDatabase(Path directory, String original, Database copy) {
        this.directory = directory;
        this.original = original;
        this.copy = copy;
    }

    /// Copies a file that is there.
    ///
    /// @throws IOException if it cannot be read, or there is no room for it
    static CopiedDatabase of(Path file, InstantSource clock) throws IOException {
        // Nobody else may read it there.
        Path directory = Files.createTempDirectory("skyhedge-state-");
        try {
            Files.copy(file, directory.resolve(file.getFileName()));
            return new CopiedDatabase(directory, file.toString(), new H2Database(directory, clock));
        } catch (IOException e) {
            delete(directory);
            throw e;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(directory);
    }

    @Override
    public Connection connect() {
        return copy.connect();
    }

    @Override
    public int snapshotIsolation() {
        return copy.snapshotIsolation();
    }

    @Override
    public Instant now(Session session) {
        return copy.now(session);
    }

    /// Nothing that is written here would be found again.
    @Override
    public void sync(Session session) {
        throw new StateException(StateProblems.readOnly(original));
    }

    @Override
    public StateProblem problem(SQLException failure) {
        StateProblem problem = copy.problem(failure);
        return new StateProblem(
                problem.kind(), problem.summary(), problem.detail().replace(copy.location(), original));
    }

    @Override
    public String location() {
        return original;
    }

    @Override
    public void trust() {
        copy.trust();
    }

    @Override
    public void distrust() {
        copy.distrust();
    }

    @Override
    public boolean isOvergrown() {
        return false;
    }

    /// Not worth it for what is gone soon.
    @Override
    public void compact() {}

    @Override
    public void close() {
        copy.close();
        try {
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
