package dev.skyhedge.state.records;

import java.time.Instant;

/// Something that happened and that a user may want to read later.
///
/// @param at when
/// @param service name of the service; empty for the whole state
/// @param replica name of the replica; empty if it is about the service
/// @param kind a stable word such as `preempted`
/// @param message for people, without secrets
public record Event(Instant at, String service, String replica, String kind, String message) {}
