package dev.skyhedge.state.records;

import java.time.Instant;

/// The right to change a state, held by one process at a time.
///
/// @param claim who holds it and for what
/// @param epoch rises with every grant; carried by every commit
/// @param heartbeatAt last sign of life, by the store's clock
/// @param expiresAt when it may be taken over, by the store's clock
public record Lease(LeaseClaim claim, long epoch, Instant heartbeatAt, Instant expiresAt) {}
