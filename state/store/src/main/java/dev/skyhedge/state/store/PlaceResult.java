package dev.skyhedge.state.store;

import dev.skyhedge.state.records.PlacedOrder;

/// What became of placing an order.
public sealed interface PlaceResult {
    /// It is durable, and nobody has read it yet.
    record Placed(PlacedOrder order) implements PlaceResult {}

    /// So many wait already that nobody seems to read them: nothing was written.
    ///
    /// @param waiting how many
    record TooMany(int waiting) implements PlaceResult {}
}
