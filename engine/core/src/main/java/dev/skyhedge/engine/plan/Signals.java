package dev.skyhedge.engine.plan;

import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// What is known of a service's traffic and health at one instant.
///
/// @param requestsPerSecond over the spec's window; empty if nobody measures
/// @param heldRequests requests that wait because no replica is ready
/// @param notPassing replicas, by name, whose probes have failed while this controller asked, and since when
/// @param unanswered replicas, by name, that nobody has seen run and whose place does not answer
/// @param inFlight requests in progress by replica name; of a replica without an entry nothing is known
/// @param countedAt when these were counted; empty if they have not been yet
/// @param drained replicas that were found without requests after they had left the routing table
/// @param counted false if it is known that nobody counts its requests, as it has no endpoint or none is open
/// @param watchedSince since when each replica, by name, has been watched in its present stage: on its way,
///     healthy, not healthy, draining. What nobody lived through does not count; without an entry nobody has
///     watched
/// @param load requests by size; empty if nobody counts them
public record Signals(
        OptionalDouble requestsPerSecond,
        int heldRequests,
        Map<String, Instant> notPassing,
        Set<String> unanswered,
        Map<String, Integer> inFlight,
        Optional<Instant> countedAt,
        Set<String> drained,
        boolean counted,
        Map<String, Instant> watchedSince,
        Optional<MeasuredLoad> load) {
    /// Nothing is known.
    public static final Signals NONE = new Signals(
            OptionalDouble.empty(),
            0,
            Map.of(),
            Set.of(),
            Map.of(),
            Optional.empty(),
            Set.of(),
            true,
            Map.of(),
            Optional.empty());

    /// The same, and what was measured of sizes.
    public Signals with(Optional<MeasuredLoad> measured) {
        return new Signals(
                requestsPerSecond,
                heldRequests,
                notPassing,
                unanswered,
                inFlight,
                countedAt,
                drained,
                counted,
                watchedSince,
                measured);
    }

    public Signals {
        notPassing = Map.copyOf(notPassing);
        unanswered = Set.copyOf(unanswered);
        inFlight = Map.copyOf(inFlight);
        drained = Set.copyOf(drained);
        watchedSince = Map.copyOf(watchedSince);
    }

    /// Whether the replica takes traffic.
    public boolean isServing(ReplicaRecord replica) {
        return replica.isServing() && !notPassing.containsKey(replica.name());
    }

    /// Whether the replica may be there or not, and nobody will say soon.
    public boolean isUnanswered(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.REQUESTED && unanswered.contains(replica.name());
    }

    /// Whether the replica was launched, and nobody can see what became of it.
    public boolean isUnseen(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.PROVISIONING && unanswered.contains(replica.name());
    }

    /// Whether a replica that left the routing table at its last change of state has no request in progress.
    /// Where nothing is known it has: a count from before then says nothing, as requests may have come in
    /// between, and neither does one without the replica.
    public boolean isIdle(ReplicaRecord replica) {
        return !counted || drained.contains(replica.name()) || isCountedIdle(replica);
    }

    private boolean isCountedIdle(ReplicaRecord replica) {
        return countedAt.filter(at -> at.isAfter(replica.since())).isPresent()
                && Integer.valueOf(0).equals(inFlight.get(replica.name()));
    }

    /// Requests in progress on a replica; nothing known counts as more than anything.
    public int load(ReplicaRecord replica) {
        return inFlight.getOrDefault(replica.name(), Integer.MAX_VALUE);
    }

    /// Requests that are known to be in progress, on whatever replica.
    public int allInFlight() {
        return inFlight.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// For how long somebody has watched the replica in its present stage.
    public Optional<Instant> watchedSince(ReplicaRecord replica) {
        return Optional.ofNullable(watchedSince.get(replica.name()));
    }
}
