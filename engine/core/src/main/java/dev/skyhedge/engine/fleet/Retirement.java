package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.Optional;

/// The first step to a replica's end.
public final class Retirement {
    private Retirement() {}

    /// A ready replica is drained, one that is not ready is terminated at once. One whose launch has not been
    /// answered has no id to terminate by: it is retired as soon as it has one.
    public static Optional<Action> retire(ReplicaRecord replica, Lifecycle endsAs, String why) {
        return switch (replica.lifecycle()) {
            case READY ->
                Optional.of(new Action.Drain(
                        replica.service(), replica.name(), replica.generation(), replica.offer(), endsAs, why));
            case PROVISIONING, STARTING -> Optional.of(terminate(replica, endsAs, why));
            case REQUESTED, DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> Optional.empty();
        };
    }

    static Action.Terminate terminate(ReplicaRecord replica, Lifecycle endsAs, String why) {
        return new Action.Terminate(
                replica.service(), replica.name(), replica.generation(), replica.offer(), endsAs, why);
    }
}
