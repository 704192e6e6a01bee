package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.state.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Whether a replica has had its chance.
final class Fitness {
    private Fitness() {}

    /// Why the replica is to be replaced; empty, with a time to look again, if it may go on.
    static Optional<String> unfitBecause(
            ReplicaRecord replica, ReadinessSpec readiness, Signals signals, Instant now, Consumer<Instant> wakes) {
        return switch (replica.lifecycle()) {
            case PROVISIONING, STARTING ->
                overdue(replica.requestedAt().plus(readiness.initialDelay()), now, wakes)
                        .map(_ -> "not ready within initial_delay of " + text(readiness.initialDelay())
                                + detail(replica));
            case READY ->
                Optional.ofNullable(signals.notPassing().get(replica.name()))
                        .flatMap(since -> overdue(since.plus(readiness.failureTimeout()), now, wakes))
                        .map(_ -> "probes have failed for " + text(readiness.failureTimeout()));
            case REQUESTED, DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> Optional.empty();
        };
    }

    private static Optional<Instant> overdue(Instant deadline, Instant now, Consumer<Instant> wakes) {
        if (deadline.isAfter(now)) {
            wakes.accept(deadline);
            return Optional.empty();
        }
        return Optional.of(deadline);
    }

    private static String detail(ReplicaRecord replica) {
        return replica.reason().isEmpty() ? "" : " (" + replica.reason() + ")";
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
