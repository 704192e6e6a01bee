package dev.skyhedge.engine.weights;

import java.util.List;

/// What became of the pool by one event.
///
/// @param orders in the order in which they are to be carried out
public record PoolStep(ParameterPool pool, List<PoolOrder> orders) {
    public PoolStep {
        orders = List.copyOf(orders);
    }
}
