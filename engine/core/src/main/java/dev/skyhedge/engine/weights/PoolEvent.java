package dev.skyhedge.engine.weights;

/// What happened that the pool has to know. Events about models, replicas or machines that the pool
/// does not know change nothing: news may be late.
public sealed interface PoolEvent {
    /// A model is to be kept from now on.
    record Declared(String model, long bytes) implements PoolEvent {
        public Declared {
            if (bytes <= 0) {
                throw new IllegalArgumentException("A model has bytes, not " + bytes);
            }
        }
    }

    /// A model is not wanted any more.
    record Withdrawn(String model) implements PoolEvent {}

    /// A machine may hold copies from now on.
    record Joined(String instance) implements PoolEvent {}

    /// A machine is lost with all that it held.
    record Gone(String instance) implements PoolEvent {}

    /// A replica holds the whole model.
    record Loaded(String model, String replica, String instance) implements PoolEvent {}

    /// Somebody wants the accelerators of a replica back.
    record Reclaimed(String model, String replica) implements PoolEvent {}

    /// An ordered host copy is whole.
    record HostLoaded(String model, String instance) implements PoolEvent {}

    /// An ordered host copy came to nothing.
    record HostFailed(String model, String instance) implements PoolEvent {}
}
