package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.IdempotencyToken;
import java.time.Instant;
import java.util.Optional;

/// What an instance reports about itself.
///
/// @param token the launch that made the instance
/// @param kind what it reports
/// @param deadline when the cloud acts, as far as it says
/// @param source where the instance learnt it, such as `aws`
/// @param observedAt when it learnt it, by its own clock
public record InstanceNotice(
        IdempotencyToken token, Kind kind, Optional<Instant> deadline, String source, Instant observedAt) {
    /// What an instance may report.
    public enum Kind {
        /// The cloud takes it back.
        PREEMPTION,
        /// The cloud sees an elevated risk.
        REBALANCE,
        /// The cloud ends it because somebody asked for that.
        TERMINATION,
        /// Its system shuts down.
        SHUTDOWN,
        /// Its workload listens.
        READY
    }
}
