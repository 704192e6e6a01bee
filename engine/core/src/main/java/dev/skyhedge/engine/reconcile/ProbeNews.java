package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;

/// Writes down what probes found. The verdict is part of the record, so that the next controller begins with
/// it.
final class ProbeNews {
    private ProbeNews() {}

    static void take(Draft draft, ReplicaRecord replica, Message.Probed probed) {
        boolean passing = probed.passing();
        String detail = probed.detail();
        switch (replica.lifecycle()) {
            case STARTING -> {
                draft.model().signals().probed(ReplicaKey.of(replica), passing, draft.now());
                if (passing) {
                    draft.put(replica.in(Lifecycle.READY, draft.now(), detail));
                } else if (!replica.reason().equals(detail)) {
                    // Kept so that whoever waits, or replaces the replica, can say why.
                    draft.put(replica.in(Lifecycle.STARTING, replica.since(), detail));
                    if (probed.unreachable()) {
                        draft.event(replica, Message.Probed.UNREACHABLE, detail);
                    }
                }
            }
            case READY -> {
                draft.model().signals().probed(ReplicaKey.of(replica), passing, draft.now());
                judge(draft, replica, passing, detail);
            }
            case REQUESTED, PROVISIONING, DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> {}
        }
    }

    private static void judge(Draft draft, ReplicaRecord replica, boolean passing, String detail) {
        boolean turned = replica.isServing() != passing;
        boolean otherwise = !passing
                && replica.health()
                        .filter(known -> known.detail().equals(detail))
                        .isEmpty();
        if (turned) {
            draft.event(replica, passing ? "probe_passed" : "probe_failed", detail);
        }
        if (turned || otherwise) {
            var since =
                    turned ? draft.now() : replica.health().map(Health::since).orElse(draft.now());
            draft.put(replica.judged(new Health(passing, since, detail)));
        }
    }
}
