package dev.skyhedge.cli.acting;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.store.LocalProcesses;
import dev.skyhedge.state.store.PlaceResult;
import dev.skyhedge.state.store.StateStore;

/// Where this process places its orders.
public final class OrderDesk {
    private OrderDesk() {}

    /// Places it under the name of whoever runs this process.
    ///
    /// @throws CommandFailure if nobody reads orders
    public static PlacedOrder place(Context context, StateStore store, Order order) {
        String by = System.getProperty("user.name", "somebody") + "@" + LocalProcesses.host();
        return switch (store.place(order, by, context.clock().instant())) {
            case PlaceResult.Placed(PlacedOrder placed) -> placed;
            case PlaceResult.TooMany(int waiting) ->
                throw new CommandFailure(
                        "Too many orders wait",
                        waiting + " orders have not been read by anybody. Is the process that has the state alive?"
                                + " `skyhedge status` shows it.");
        };
    }
}
