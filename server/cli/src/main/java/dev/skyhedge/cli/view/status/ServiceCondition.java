package dev.skyhedge.cli.view.status;

import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.List;

/// How a service does, derived from its replicas.
public enum ServiceCondition {
    /// Replicas are on their way, none is ready yet.
    STARTING,
    /// As many are ready as are wanted.
    READY,
    /// Fewer serve than are wanted, though some do, or did until their probes failed.
    DEGRADED,
    /// None is there and none is on its way.
    NO_REPLICA,
    /// Replicas fail again and again, and none is ready.
    FAILED,
    /// The last ones are going.
    STOPPING,
    /// None is there, as somebody ordered.
    PAUSED,
    /// None is there, as its time is over.
    ENDED;

    private static final int FAILURES_OF_A_FAILED_SERVICE = 3;

    /// Of a service that wants so many replicas.
    public static ServiceCondition of(int wanted, List<ReplicaRecord> replicas) {
        int ready = ready(replicas);
        if (ready > 0) {
            return ready >= wanted ? READY : DEGRADED;
        }
        if (replicas.stream().anyMatch(replica -> replica.failures() >= FAILURES_OF_A_FAILED_SERVICE)) {
            return FAILED;
        }
        if (replicas.stream().anyMatch(replica -> replica.lifecycle() == Lifecycle.READY)) {
            return DEGRADED;
        }
        if (replicas.stream().anyMatch(replica -> replica.lifecycle().isRising())) {
            return STARTING;
        }
        return replicas.stream().anyMatch(replica -> replica.lifecycle().isLive()) ? STOPPING : NO_REPLICA;
    }

    /// Of a service that is paused.
    public static ServiceCondition ofPaused(List<ReplicaRecord> replicas) {
        return replicas.stream().anyMatch(replica -> replica.lifecycle().isLive()) ? STOPPING : PAUSED;
    }

    /// Of a workload whose time is over.
    public static ServiceCondition ofEnded(List<ReplicaRecord> replicas) {
        return replicas.stream().anyMatch(replica -> replica.lifecycle().isLive()) ? STOPPING : ENDED;
    }

    /// How many of them are ready.
    public static int ready(List<ReplicaRecord> replicas) {
        return (int) replicas.stream().filter(ReplicaRecord::isServing).count();
    }
}
