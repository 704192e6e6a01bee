package dev.skyhedge.state.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.db.Store;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;

/// Finishes the commits of a holder that was killed in the midst of one.
///
/// H2 marks the log of a transaction as committed, and then makes its rows the current ones. Whoever opens the files
/// after a kill between the two is to do the second. H2 2.5.252 sees the mark and takes the transaction for one that
/// has ended: the old rows stay, and whoever wants to change one of them tries again for ever, first of all the row of
/// the lease, whatever limits and interrupts say. Others may have read the new rows, so they must not be lost. What it
/// leaves out is done here, in the same words; they are not public.
final class LeftoverCommits {
    private LeftoverCommits() {}

    /// Does so before anybody else has a connection to these files: a commit that is going on looks the same.
    ///
    /// @param files the first connection to them
    static void finish(Connection files) throws SQLException {
        if (!(files.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session)) {
            throw new IllegalArgumentException("Not a connection to files of this process: " + files);
        }
        Store store = session.getDatabase().getStore();
        if (store.getMvStore().isReadOnly()) {
            return;
        }
        TransactionStore transactions = store.getTransactionStore();
        for (Transaction open : transactions.getOpenTransactions()) {
            if (open.getStatus() == Transaction.STATUS_COMMITTED) {
                finish(transactions, open);
            }
        }
    }

    private static void finish(TransactionStore transactions, Transaction marked) {
        try {
            Method commit = TransactionStore.class.getDeclaredMethod("commit", Transaction.class, boolean.class);
            commit.setAccessible(true);
            commit.invoke(transactions, marked, true);
            Method end = TransactionStore.class.getDeclaredMethod("endTransaction", Transaction.class, boolean.class);
            end.setAccessible(true);
            end.invoke(transactions, marked, true);
        } catch (InvocationTargetException e) {
            throw new StateException(
                    StateProblems.damaged("A commit that was cut off cannot be finished: " + e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of H2 commits in another way", e);
        }
    }
}
