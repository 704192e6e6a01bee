package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;

/// Launches that nobody has answered for longer than [Silence#PATIENCE]: whatever came of them, no goal waits for it.
final class Unanswered {
    private Unanswered() {}

    static boolean is(ReplicaRecord replica, World world) {
        return replica.lifecycle() == Lifecycle.REQUESTED
                && world.signals()
                        .getOrDefault(replica.service(), Signals.NONE)
                        .unanswered()
                        .contains(replica.name());
    }

    static String text(ReplicaRecord replica) {
        return replica.name() + ": " + replica.offer().location() + " has not answered for "
                + Durations.text(Silence.PATIENCE) + ", so it is not known whether it was launched there";
    }
}
