package dev.skyhedge.state.records;

import java.time.Instant;

/// What probes say of a replica that has been ready: the verdict in force, by the thresholds of its spec.
///
/// @param passing whether it takes traffic
/// @param since when probes began to say so
/// @param detail what was asked and answered, for people
public record Health(boolean passing, Instant since, String detail) {}
