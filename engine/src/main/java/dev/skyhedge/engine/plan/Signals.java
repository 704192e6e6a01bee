package dev.skyhedge.engine.plan;

import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// What is known of a service's traffic and health at one instant.
///
/// @param requestsPerSecond over the spec's window; empty if nobody measures
/// @param heldRequests requests that wait because no replica is ready
/// @param notPassing replicas whose latest probe failed, by name, and since when probes have failed
/// @param unanswered replicas, by name, whose launch nobody answers for
/// @param inFlight requests in progress by replica name; a replica without an entry has none
/// @param countedAt when these were counted; empty if no balancer counts them
/// @param drained replicas that were found without requests after they had left the routing table
public record Signals(
        OptionalDouble requestsPerSecond,
        int heldRequests,
        Map<String, Instant> notPassing,
        Set<String> unanswered,
        Map<String, Integer> inFlight,
        Optional<Instant> countedAt,
        Set<String> drained) {
    public static final Signals NONE =
            new Signals(OptionalDouble.empty(), 0, Map.of(), Set.of(), Map.of(), Optional.empty(), Set.of());

    public Signals {
        notPassing = Map.copyOf(notPassing);
        unanswered = Set.copyOf(unanswered);
        inFlight = Map.copyOf(inFlight);
        drained = Set.copyOf(drained);
    }

    /// Whether the replica takes traffic.
    public boolean isServing(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.READY && !notPassing.containsKey(replica.name());
    }

    /// Whether the replica may be there or not, and nobody will say soon.
    boolean isUnanswered(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.REQUESTED && unanswered.contains(replica.name());
    }

    /// Whether a replica that left the routing table at its last change of state has no request in progress. A
    /// count from before then says nothing: requests may have come in between.
    boolean isIdle(ReplicaRecord replica) {
        return countedAt.isEmpty()
                || drained.contains(replica.name())
                || (countedAt.get().isAfter(replica.since()) && inFlight.getOrDefault(replica.name(), 0) == 0);
    }
}
