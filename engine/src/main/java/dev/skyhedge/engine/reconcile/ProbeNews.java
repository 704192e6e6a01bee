package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;

/// Writes down what probes found.
final class ProbeNews {
    private ProbeNews() {}

    static void take(Draft draft, ReplicaRecord replica, boolean passing, String detail) {
        switch (replica.lifecycle()) {
            case STARTING -> {
                if (passing) {
                    draft.put(replica.in(Lifecycle.READY, draft.now(), detail));
                } else if (!replica.reason().equals(detail)) {
                    // Kept so that whoever waits, or replaces the replica, can say why.
                    draft.put(replica.in(Lifecycle.STARTING, replica.since(), detail));
                }
            }
            case READY -> {
                if (draft.model().probed(ReplicaKey.of(replica), passing, draft.now())) {
                    draft.event(replica, passing ? "probe_passed" : "probe_failed", detail);
                }
            }
            case REQUESTED, PROVISIONING, DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> {}
        }
    }
}
