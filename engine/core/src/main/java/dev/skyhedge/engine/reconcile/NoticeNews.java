package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;

/// Writes down what instances report about themselves. A report names a launch; one of a launch whose replica has
/// ended, or is none of ours, changes nothing.
final class NoticeNews {
    private NoticeNews() {}

    static void take(Draft draft, InstanceNotice notice) {
        for (ReplicaRecord replica : draft.model().replicas()) {
            if (replica.token().equals(notice.token()) && replica.lifecycle().isLive()) {
                take(draft, replica, notice);
            }
        }
    }

    private static void take(Draft draft, ReplicaRecord replica, InstanceNotice notice) {
        switch (notice.kind()) {
            case PREEMPTION ->
                InstanceNews.notice(draft, replica, notice.deadline().orElse(draft.now()));
            case REBALANCE -> InstanceNews.atRisk(draft, replica);
            case TERMINATION -> leaving(draft, replica, "the cloud ends its instance");
            case SHUTDOWN -> leaving(draft, replica, "its machine shuts down");
            case READY -> listening(draft, replica);
        }
    }

    /// Why its machine goes is what the provider says.
    private static void leaving(Draft draft, ReplicaRecord replica, String why) {
        InstanceNews.leaving(draft, replica, why);
        draft.effect(new Effect.Observe(replica.offer().location().cloud()));
    }

    private static void listening(Draft draft, ReplicaRecord replica) {
        switch (replica.lifecycle()) {
            case REQUESTED, PROVISIONING ->
                draft.effect(new Effect.Observe(replica.offer().location().cloud()));
            case STARTING -> draft.effect(new Effect.ProbeNow(ReplicaKey.of(replica)));
            case READY, DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> {}
        }
    }
}
