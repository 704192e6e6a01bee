package dev.skyhedge.spi;

/// The life of an instance as its provider tells it.
public enum InstanceState {
    /// Accepted and being set up; no endpoint yet.
    PENDING,
    /// The machine runs; its workload may still be starting.
    RUNNING,
    /// On its way out; still there and perhaps still serving.
    STOPPING,
    /// Not there any more and not billed.
    ENDED
}
