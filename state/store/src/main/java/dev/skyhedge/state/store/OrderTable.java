package dev.skyhedge.state.store;

import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.store.json.OrderJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The rows of orders. They are written by processes without the lease, too: nothing else of a state is.
final class OrderTable {
    /// So many may wait for somebody to read them.
    static final int MAX_WAITING = 100;

    /// So many of the newest are kept, besides those that are open.
    static final int KEPT = 1_000;

    private static final String SELECT = "SELECT ordinal, is_open, body, row_sha256 FROM placed_order";

    private OrderTable() {}

    /// Those that are in force or wait, in sequence.
    static List<PlacedOrder> open(Session session) {
        return session.list(SELECT + " WHERE is_open = TRUE ORDER BY ordinal", OrderTable::read);
    }

    static Optional<PlacedOrder> get(Session session, long number) {
        return session.one(SELECT + " WHERE ordinal = ?", OrderTable::read, number);
    }

    /// The one placed last, whatever became of it.
    static Optional<PlacedOrder> newest(Session session) {
        return session.one(SELECT + " ORDER BY ordinal DESC FETCH FIRST 1 ROWS ONLY", OrderTable::read);
    }

    static void insert(Session session, PlacedOrder placed) {
        String body = OrderJson.write(placed);
        session.update(
                "INSERT INTO placed_order (ordinal, is_open, body, row_sha256) VALUES (?, ?, ?, ?)",
                placed.number(),
                placed.isOpen(),
                body,
                checksum(placed.number(), placed.isOpen(), body));
        session.update("DELETE FROM placed_order WHERE is_open = FALSE AND ordinal <= ?", placed.number() - KEPT);
    }

    /// @throws IllegalStateException if there is no such order
    static void update(Session session, PlacedOrder placed) {
        String body = OrderJson.write(placed);
        int rows = session.update(
                "UPDATE placed_order SET is_open = ?, body = ?, row_sha256 = ? WHERE ordinal = ?",
                placed.isOpen(),
                body,
                checksum(placed.number(), placed.isOpen(), body),
                placed.number());
        if (rows == 0) {
            throw new IllegalStateException("Order " + placed.number() + " was never placed");
        }
    }

    private static PlacedOrder read(ResultSet row) throws SQLException {
        long number = row.getLong(1);
        String body = row.getString(3);
        StateProblems.requireIntact(
                "placed_order", Long.toString(number), checksum(number, row.getBoolean(2), body), row.getString(4));
        return OrderJson.read(body);
    }

    private static String checksum(long number, boolean open, String body) {
        return Checksum.of("placed_order", number, open, body);
    }
}
