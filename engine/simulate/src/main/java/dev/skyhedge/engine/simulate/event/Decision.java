package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that became of a replica, by our decision or by the cloud's, with its reason.
///
/// @param at when
/// @param service name of the service
/// @param replica name of the replica
/// @param generation its generation
/// @param state what it is from then on
/// @param where and how: location and market
/// @param reason why, for people
public record Decision(
        Instant at, String service, String replica, int generation, Lifecycle state, String where, String reason) {
    /// What a step made of replicas, in its order.
    public static List<Decision> of(Step step, Instant at) {
        return step.transitions().stream()
                .map(transition -> of(transition.before(), transition.after(), at))
                .toList();
    }

    private static Decision of(Optional<ReplicaRecord> before, ReplicaRecord after, Instant at) {
        return new Decision(
                at,
                after.service(),
                after.name(),
                after.generation(),
                after.lifecycle(),
                after.offer().location() + " " + after.offer().market().word(),
                before.isEmpty() && after.lifecycle() != Lifecycle.REQUESTED ? "adopted" : after.reason());
    }

    /// Whether it is ours: a launch, a drain or a termination.
    public boolean isOurs() {
        return switch (state) {
            case REQUESTED, DRAINING, STOPPING -> true;
            case PROVISIONING, STARTING, READY, GONE, FAILED, PREEMPTED, FORGOTTEN -> false;
        };
    }
}
