package dev.skyhedge.specs;

/// A `removed` block: the service is no longer declared on purpose.
///
/// @param from its address as recorded
/// @param destroy whether its replicas are to be terminated, rather than forgotten
public record Removed(ServiceAddress from, boolean destroy) {}
