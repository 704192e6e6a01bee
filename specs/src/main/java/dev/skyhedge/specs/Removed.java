package dev.skyhedge.specs;

/// A `removed` block: the workload is no longer declared on purpose.
///
/// @param from its address as recorded
/// @param destroy whether its replicas are to be terminated, rather than forgotten
public record Removed(WorkloadAddress from, boolean destroy) {}
