package dev.skyhedge.state.store;

import dev.skyhedge.state.records.StateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.h2.api.ErrorCode;
import org.h2.engine.Constants;
import org.jspecify.annotations.Nullable;

/// An H2 database in a directory. The first process opens the files; the others reach them through it, and one of
/// them takes over when it is gone.
///
/// Commits of H2 are written, but not forced to the disk, even with `WRITE_DELAY=0` (seen in its system calls),
/// hence [#sync] after each. A delay above zero must not be set: `CHECKPOINT SYNC` then forces what has been
/// written so far, while a background thread still holds the newest part, and killed processes lost reported
/// serials. The `async:` file system keeps a thread's interrupt from closing the files.
///
/// Dead space must not be used again: when H2 2.5.252 puts a chunk elsewhere than the chunk before it foretold, it
/// writes a file header that points to that older chunk, and whoever opens the file after a kill misses all that
/// came since. Chunks at the end of the file are found without a header.
///
/// The database is left by `SHUTDOWN IMMEDIATELY`: everything is on disk by then. A file that has grown large is
/// compacted by its holder, while it runs or when it leaves.
final class H2Database implements Database {
    private static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(10);
    /// How long a guest waits for a holder that has stopped answering, in one answer.
    private static final Duration GUEST_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration RETRY_PAUSE = Duration.ofMillis(10);
    /// A process that ends before this does not serve: most commands are short.
    private static final Duration SERVE_AFTER = Duration.ofMillis(150);
    private static final long COMPACT_ABOVE_BYTES = 32L * 1024 * 1024;
    private static final System.Logger LOG = System.getLogger(H2Database.class.getName());
    private static final String SETTINGS =
            ";WRITE_DELAY=0;REUSE_SPACE=FALSE;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0";

    static {
        // Read once by H2 when its server classes load.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private final Path directory;
    private final String files;
    private final InstantSource clock;
    private final DirectoryLock lock;
    private final H2File file;
    private boolean holding;
    private boolean closed;
    /// Which file this process has open.
    private @Nullable Object opened;
    private boolean distrusted;
    private @Nullable H2Server server;
    private @Nullable FileImage found;

    /// @param directory exists and is writable
    /// @param clock of this machine
    H2Database(Path directory, InstantSource clock) {
        this(directory, clock, COMPACT_ABOVE_BYTES);
    }

    /// @param directory exists and is writable
    /// @param clock of this machine
    /// @param compactAbove size of the file in bytes
    H2Database(Path directory, InstantSource clock, long compactAbove) {
        this.directory = directory.toAbsolutePath().normalize();
        this.files = "async:" + this.directory.resolve("state");
        this.clock = clock;
        this.lock = new DirectoryLock(this.directory.resolve("state.lock"));
        this.file = new H2File(this.directory.resolve("state.mv.db"), compactAbove);
    }

    private Path serverFile() {
        return directory.resolve("state.server");
    }

    @Override
    public Connection connect() {
        long deadline = System.nanoTime() + TAKE_OVER_LIMIT.toNanos();
        while (true) {
            Optional<Connection> connection = connectOnce();
            if (connection.isPresent()) {
                return connection.get();
            }
            if (System.nanoTime() > deadline) {
                throw new StateException(StateProblems.locked(
                        location(), "it has the files open, but does not answer on the port told in " + serverFile()));
            }
            pause();
        }
    }

    private synchronized Optional<Connection> connectOnce() {
        if (closed) {
            throw new IllegalStateException("The state was closed: " + location());
        }
        try {
            if (!holding && lock.tryLock()) {
                holding = true;
                // Left by a holder that was killed; nobody must mistake whoever has its port now for a server.
                Files.deleteIfExists(serverFile());
                file.removeLeftovers();
                found = FileImage.take(file.path()).orElse(null);
                PrivateFiles.makeFile(file.path());
                Thread.ofPlatform().daemon().name("state-server").start(this::serveLater);
            }
        } catch (IOException e) {
            throw new StateException(StateProblems.notWritable(directory.toString(), e), e);
        }
        return holding ? Optional.of(connectToFiles()) : connectToHolder();
    }

    private Connection connectToFiles() {
        try {
            Object identity = opened == null ? file.identity() : opened;
            Connection connection = DriverManager.getConnection("jdbc:h2:" + files + SETTINGS, "sa", "");
            if (opened == null) {
                LeftoverCommits.finish(connection);
                opened = identity;
            }
            return connection;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private Optional<Connection> connectToHolder() {
        return H2Server.find(serverFile()).flatMap(door -> {
            try {
                return Optional.of(DriverManager.getConnection(
                        door.url() + ";NETWORK_TIMEOUT=" + GUEST_TIMEOUT.toMillis(), "sa", ""));
            } catch (SQLException _) {
                // The holder is gone or just going: look again who has the files.
                return Optional.empty();
            }
        });
    }

    private void serveLater() {
        try {
            Thread.sleep(SERVE_AFTER);
        } catch (InterruptedException _) {
            return;
        }
        serve();
    }

    private synchronized void serve() {
        if (!holding || closed) {
            return;
        }
        try {
            server = H2Server.start(files, serverFile());
        } catch (SQLException | IOException e) {
            // Others wait, and are told that the state is locked; this process goes on.
            LOG.log(System.Logger.Level.WARNING, "Other processes cannot share the state for now", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_PAUSE);
        } catch (InterruptedException _) {
            // Waiting is bounded and short; the caller sees the interrupt afterwards.
            Thread.currentThread().interrupt();
            Thread.onSpinWait();
        }
    }

    @Override
    public int snapshotIsolation() {
        return Constants.TRANSACTION_SNAPSHOT;
    }

    @Override
    public Instant now(Session session) {
        return clock.instant();
    }

    @Override
    public void sync(Session session) {
        session.execute("CHECKPOINT SYNC");
        if (!isThere()) {
            // What was just written is in a file that nobody will find again.
            throw new StateException(StateProblems.deleted(location()));
        }
    }

    /// Whether the file that is written is the one that the next process will read.
    private synchronized boolean isThere() {
        Object now = file.identity();
        return now != null && (!holding || opened == null || opened.equals(now));
    }

    @Override
    public StateProblem problem(SQLException failure) {
        if (isGuest() && isLossOfHolder(failure)) {
            return StateProblems.unreachable(location(), Failures.firstLine(failure));
        }
        return switch (failure.getErrorCode()) {
            case ErrorCode.DATABASE_IS_READ_ONLY -> StateProblems.readOnly(directory.toString());
            case ErrorCode.LOCK_TIMEOUT_1, ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                StateProblems.locked(location(), Failures.firstLine(failure));
            case ErrorCode.CONNECTION_BROKEN_1,
                    ErrorCode.DATABASE_IS_CLOSED,
                    ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
                    ErrorCode.OBJECT_CLOSED,
                    ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1 ->
                Failures.noSpace(failure)
                        ? StateProblems.full(location(), Failures.firstLine(failure))
                        : StateProblems.unreachable(location(), Failures.firstLine(failure));
            default ->
                Failures.noSpace(failure)
                        ? StateProblems.full(location(), Failures.firstLine(failure))
                        : StateProblems.damaged(
                                location() + " cannot be read or written: " + Failures.firstLine(failure));
        };
    }

    /// Whether a guest lost its holder, which closed the files, to compact them for example, in the midst of our
    /// work. H2 has no one code for it: a general error when the holder's end says so, and between two parts of a
    /// result the failure of the socket, which unlike a failure to read the holder's files has its cause with it.
    private static boolean isLossOfHolder(SQLException failure) {
        return failure.getErrorCode() == ErrorCode.GENERAL_ERROR_1
                || failure.getErrorCode() == ErrorCode.IO_EXCEPTION_1 && failure.getCause() instanceof IOException;
    }

    /// Whether another process holds the files and serves us.
    private synchronized boolean isGuest() {
        return !holding;
    }

    @Override
    public String location() {
        return file.path().toString();
    }

    @Override
    public synchronized void trust() {
        found = null;
    }

    @Override
    public synchronized void distrust() {
        distrusted = true;
    }

    @Override
    public synchronized boolean isOvergrown() {
        return holding && !closed && mayChangeFiles() && file.isOvergrown();
    }

    private boolean mayChangeFiles() {
        return found == null && !distrusted;
    }

    /// Other processes lose their connections, and find the new ones as if another process had taken over.
    @Override
    public synchronized void compact() {
        if (!isOvergrown()) {
            return;
        }
        boolean served = server != null;
        stopServing();
        shutDown();
        compactFile();
        opened = null;
        if (served) {
            serve();
        }
    }

    private void compactFile() {
        try {
            file.compact();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The state is whole, but its file cannot be made smaller for now", e);
        }
    }

    private void stopServing() {
        H2Server serving = server;
        server = null;
        if (serving != null) {
            serving.close();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        boolean overgrown = isOvergrown();
        closed = true;
        stopServing();
        if (holding) {
            leaveFiles(overgrown);
        }
    }

    private void shutDown() {
        try (Connection last = connectToFiles();
                var statement = last.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException | SqlFailure e) {
            // It says that it is closed, or was broken before; either way the files are left as they are.
            LOG.log(System.Logger.Level.DEBUG, "The database is closed", e);
        }
    }

    private void leaveFiles(boolean overgrown) {
        shutDown();
        holding = false;
        if (overgrown) {
            compactFile();
        }
        FileImage asFound = found;
        try {
            if (distrusted && asFound != null) {
                asFound.restore();
            }
            lock.unlock();
        } catch (IOException e) {
            throw new StateException(StateProblems.notWritable(directory.toString(), e), e);
        }
    }
}
