package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.PlacedOrder;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The orders that are in force or wait for an answer. Not thread-safe.
final class OrderBook {
    private final SortedMap<Long, PlacedOrder> open = new TreeMap<>();
    /// What has been read is known; what was read again meanwhile may be older than what is known.
    private long lastRead;

    /// Orders as the state has them; those that are known already stay as they are known.
    void read(List<PlacedOrder> orders) {
        long before = lastRead;
        orders.stream().filter(placed -> placed.number() > before).forEach(placed -> {
            lastRead = Math.max(lastRead, placed.number());
            put(placed);
        });
    }

    void put(PlacedOrder placed) {
        if (placed.isOpen()) {
            open.put(placed.number(), placed);
        } else {
            open.remove(placed.number());
        }
    }

    /// Those that nobody has answered, in sequence.
    List<PlacedOrder> waiting() {
        return open.values().stream()
                .filter(placed -> placed.answer().isEmpty())
                .toList();
    }

    /// Those that plans are made with, in sequence.
    List<PlacedOrder> inForce() {
        return open.isEmpty()
                ? List.of()
                : open.values().stream().filter(PlacedOrder::isInForce).toList();
    }
}
