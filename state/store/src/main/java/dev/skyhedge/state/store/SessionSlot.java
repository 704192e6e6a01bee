package dev.skyhedge.state.store;

import dev.skyhedge.spi.BackOff;
import dev.skyhedge.state.records.StateProblem;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A session that is opened when needed and opened anew when it broke. One user at a time.
final class SessionSlot {
    /// A database that changed hands this often during one call is not going to settle.
    private static final int MAX_ATTEMPTS = 5;
    /// Nor one that does not answer: whoever asks has a lease to think of.
    private static final Duration GIVE_UP = Duration.ofSeconds(8);

    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(200), Duration.ofMillis(800));

    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Session session;

    /// Work that may be done again, because nothing of a failed attempt stays.
    interface Attempt<T> {
        T run(Session session, int number);
    }

    SessionSlot(Database database) {
        this.database = database;
    }

    <T> T read(Function<Session, T> work) {
        return attempt(database.snapshotIsolation(), (open, _) -> work.apply(open));
    }

    /// Does work in a transaction; again, from the beginning, if the connection broke.
    ///
    /// @throws StateException if the database fails
    <T> T attempt(int isolation, Attempt<T> work) {
        lock.lock();
        long begun = System.nanoTime();
        try {
            for (int number = 1; ; number++) {
                int attempt = number;
                try {
                    return opened().transaction(isolation, open -> work.run(open, attempt));
                } catch (SqlFailure e) {
                    discard();
                    StateProblem problem = database.problem(e.sql());
                    boolean tooLate = System.nanoTime() - begun > GIVE_UP.toNanos();
                    if (problem.kind() != StateProblem.Kind.UNREACHABLE || number == MAX_ATTEMPTS || tooLate) {
                        throw new StateException(problem, e);
                    }
                    pauseAfter(number);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// The first retry comes at once, for a database that has changed hands; a server that restarts needs longer.
    private static void pauseAfter(int attempt) {
        LockSupport.parkNanos(BACK_OFF.after(attempt - 1).toNanos());
    }

    private Session opened() {
        Session open = session;
        if (open == null) {
            open = new Session(database.connect());
            session = open;
        }
        return open;
    }

    private void discard() {
        Session broken = session;
        session = null;
        if (broken != null) {
            broken.close();
        }
    }

    /// Does work while this slot has no session and nobody can get one.
    void whileClosed(Runnable work) {
        lock.lock();
        try {
            discard();
            work.run();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            discard();
        } finally {
            lock.unlock();
        }
    }
}
