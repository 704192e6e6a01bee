package dev.skyhedge.engine.weights;

/// What is to be done so that the pool keeps its promise.
public sealed interface PoolOrder {
    /// Why, for people.
    String reason();

    /// Load a copy into the memory of a machine; from whom, `ParameterPool.sources` says.
    record LoadHost(String model, String instance, String reason) implements PoolOrder {}

    /// The copy in the memory of a machine may go.
    record DropHost(String model, String instance, String reason) implements PoolOrder {}

    /// The replica may end: its copy is not the last one.
    record Release(String model, String replica, String reason) implements PoolOrder {}
}
