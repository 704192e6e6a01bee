package dev.skyhedge.engine.service;

import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Whether a replica has had its chance. Time counts while somebody watches, and none is given up that this
/// controller has not found failing itself: it may have become healthy while nobody looked.
final class Fitness {
    private Fitness() {}

    /// Why the replica is to be replaced; empty, with a time to look again, if it may go on.
    static Optional<String> unfitBecause(
            ReplicaRecord replica, ServiceSpec spec, Signals signals, Instant now, Consumer<Instant> wakes) {
        Duration initialDelay = spec.readiness().initialDelay();
        return switch (replica.lifecycle()) {
            case PROVISIONING ->
                overdue(signals.watchedSince(replica), initialDelay, now, wakes)
                        .filter(_ -> !signals.isUnseen(replica))
                        .map(_ -> late(replica, initialDelay));
            case STARTING ->
                overdue(signals.watchedSince(replica), initialDelay, now, wakes)
                        .filter(_ -> failing(replica, signals).isPresent())
                        .map(_ -> late(replica, initialDelay));
            case READY ->
                overdue(failing(replica, signals), spec.readiness().failureTimeout(), now, wakes)
                        .map(_ -> "probes have failed for "
                                + Durations.text(spec.readiness().failureTimeout())
                                + replica.health()
                                        .filter(health -> !health.passing())
                                        .map(health -> bracketed(health.detail()))
                                        .orElse(""));
            case REQUESTED, DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> Optional.empty();
        };
    }

    /// Whether the replica would have had its chance if anybody could see it: another one stands in for it, and it is
    /// judged when its place answers again.
    static boolean isOutOfSight(ReplicaRecord replica, ServiceSpec spec, Signals signals, Instant now) {
        return signals.isUnseen(replica)
                && signals.watchedSince(replica)
                        .filter(at -> !at.plus(spec.readiness().initialDelay()).isAfter(now))
                        .isPresent();
    }

    private static Optional<Instant> failing(ReplicaRecord replica, Signals signals) {
        return Optional.ofNullable(signals.notPassing().get(replica.name()));
    }

    private static Optional<Instant> overdue(
            Optional<Instant> since, Duration limit, Instant now, Consumer<Instant> wakes) {
        Optional<Instant> deadline = since.map(at -> at.plus(limit));
        deadline.filter(at -> at.isAfter(now)).ifPresent(wakes);
        return deadline.filter(at -> !at.isAfter(now));
    }

    private static String late(ReplicaRecord replica, Duration limit) {
        return "not ready within initial_delay of " + Durations.text(limit) + bracketed(replica.reason());
    }

    private static String bracketed(String detail) {
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }
}
