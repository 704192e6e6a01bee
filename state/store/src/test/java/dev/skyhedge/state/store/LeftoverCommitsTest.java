package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoverCommitsTest {
    private static final Duration NEVER_RETURNS = Duration.ofSeconds(60);

    @TempDir
    Path killed;

    @TempDir
    Path left;

    /// What a kill leaves of a holder that had marked a commit and not finished it: it had locked the lease's row, as
    /// every commit does, and deleted all events.
    @BeforeEach
    void killInTheMidstOfACommit() throws Exception {
        try (StateStore store = Opening.opened(Opening.open(killed))) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            StateStoreContract.committed(store.commit(
                    lease,
                    List.of(new Change.AppendEvent(
                            new Event(Samples.T0, "chat", "chat-1", "preempted", "taken away")))));
            store.release(lease);
        }
        try (H2Database database = new H2Database(killed, InstantSource.system());
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT epoch FROM lease WHERE id = 1 FOR UPDATE");
            statement.execute("DELETE FROM event");
            mark((SessionLocal) connection.unwrap(JdbcConnection.class).getSession());
            for (String file : List.of("state.mv.db", "state.lineage")) {
                Files.copy(killed.resolve(file), left.resolve(file));
            }
        }
    }

    /// Does what H2 does first when it commits, and has it written.
    private static void mark(SessionLocal session) throws Exception {
        var store = session.getDatabase().getStore();
        Transaction transaction = session.getTransaction();
        Method mark = TransactionStore.class.getDeclaredMethod("markUndoLogAsCommitted", int.class, long.class);
        mark.setAccessible(true);
        mark.invoke(store.getTransactionStore(), transaction.getId(), 1L);
        store.getMvStore().commit();
        store.getMvStore().sync();
    }

    @Test
    void theLeaseOfAHolderThatWasKilledInTheMidstOfACommitCanBeTaken() {
        assertTimeoutPreemptively(NEVER_RETURNS, () -> {
            try (StateStore store = Opening.opened(Opening.open(left))) {
                Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "2")));
                StateStoreContract.committed(store.commit(lease, List.of(Samples.put("chat", 1, 1, Lifecycle.READY))));
            }
        });
    }

    @Test
    void whatWasMarkedAsCommittedIsCommitted() {
        try (StateStore store = Opening.opened(Opening.open(left))) {
            assertThat(store.events("chat", 10)).isEmpty();
        }
    }

    @Test
    void itStaysCommittedForWhoeverOpensTheFilesNext() {
        assertTimeoutPreemptively(NEVER_RETURNS, () -> {
            try (StateStore store = Opening.opened(Opening.open(left))) {
                store.release(StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "2"))));
            }
            try (StateStore store = Opening.opened(Opening.open(left))) {
                assertThat(store.events("chat", 10)).isEmpty();
                StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "3")));
            }
        });
    }
}
