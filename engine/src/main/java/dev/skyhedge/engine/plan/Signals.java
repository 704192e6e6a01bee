package dev.skyhedge.engine.plan;

import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;

/// What is known of a service's traffic and health at one instant.
///
/// @param requestsPerSecond over the spec's window; empty if nobody measures
/// @param heldRequests requests that wait because no replica is ready
/// @param notPassing replicas whose latest probe failed, by name, and since when probes have failed
/// @param inFlight requests in progress by replica name; a replica without an entry has none
public record Signals(
        OptionalDouble requestsPerSecond, int heldRequests, Map<String, Instant> notPassing, Map<String, Integer> inFlight) {
    public static final Signals NONE = new Signals(OptionalDouble.empty(), 0, Map.of(), Map.of());

    public Signals {
        notPassing = Map.copyOf(notPassing);
        inFlight = Map.copyOf(inFlight);
    }

    /// Whether the replica takes traffic.
    public boolean isServing(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.READY && !notPassing.containsKey(replica.name());
    }

    int inFlight(ReplicaRecord replica) {
        return inFlight.getOrDefault(replica.name(), 0);
    }
}
