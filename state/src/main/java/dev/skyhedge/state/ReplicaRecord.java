package dev.skyhedge.state;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.Optional;

/// One generation of a replica.
///
/// @param service name of its service
/// @param name name of the replica: service, `-`, ordinal
/// @param generation counts the attempts to run this replica, from 1
/// @param version the version of the replica block that it runs
/// @param lifecycle where it is in its life
/// @param offer what it was, or is to be, rented as
/// @param token the token of its launch
/// @param instanceId the provider's id, once known
/// @param endpoint where it is reached, once known
/// @param requestedAt when its launch was decided
/// @param since when it entered its lifecycle state
/// @param readyAt when it was first ready
/// @param preemptionAt when the cloud said it would take it back
/// @param endsAs the end that it will come to once its instance is gone: [Lifecycle#GONE] unless something
///     went wrong
/// @param failures consecutive failed generations of this replica, this one included if it failed
/// @param reason why it is in this state, for people
/// @param logTail the last lines that its workload wrote before it failed; empty if none are known
public record ReplicaRecord(
        String service,
        String name,
        int generation,
        String version,
        Lifecycle lifecycle,
        Offer offer,
        IdempotencyToken token,
        Optional<String> instanceId,
        Optional<Endpoint> endpoint,
        Instant requestedAt,
        Instant since,
        Optional<Instant> readyAt,
        Optional<Instant> preemptionAt,
        Lifecycle endsAs,
        int failures,
        String reason,
        String logTail) {
    public ReplicaRecord {
        if (endsAs.isLive()) {
            throw new IllegalArgumentException("A replica does not end as " + endsAs);
        }
    }

    /// The same replica in another state.
    public ReplicaRecord in(Lifecycle next, Instant at, String why) {
        boolean firstReady = next == Lifecycle.READY && readyAt.isEmpty();
        return new ReplicaRecord(
                service,
                name,
                generation,
                version,
                next,
                offer,
                token,
                instanceId,
                endpoint,
                requestedAt,
                at,
                firstReady ? Optional.of(at) : readyAt,
                preemptionAt,
                endsAs,
                next == Lifecycle.READY ? 0 : failures,
                why,
                logTail);
    }

    /// The same replica with what the provider now says of its instance.
    public ReplicaRecord onInstance(String id, Optional<Endpoint> address) {
        return new ReplicaRecord(
                service,
                name,
                generation,
                version,
                lifecycle,
                offer,
                token,
                Optional.of(id),
                address,
                requestedAt,
                since,
                readyAt,
                preemptionAt,
                endsAs,
                failures,
                reason,
                logTail);
    }

    /// The same replica, about to be taken back.
    public ReplicaRecord preemptedAt(Instant deadline) {
        return new ReplicaRecord(
                service,
                name,
                generation,
                version,
                lifecycle,
                offer,
                token,
                instanceId,
                endpoint,
                requestedAt,
                since,
                readyAt,
                Optional.of(deadline),
                Lifecycle.PREEMPTED,
                failures,
                reason,
                logTail);
    }

    /// The same replica, to come to this end.
    public ReplicaRecord endingAs(Lifecycle end) {
        return new ReplicaRecord(
                service,
                name,
                generation,
                version,
                lifecycle,
                offer,
                token,
                instanceId,
                endpoint,
                requestedAt,
                since,
                readyAt,
                preemptionAt,
                end,
                failures,
                reason,
                logTail);
    }

    /// The same replica with the last lines that its workload wrote.
    public ReplicaRecord withLog(String lastLines) {
        return new ReplicaRecord(
                service,
                name,
                generation,
                version,
                lifecycle,
                offer,
                token,
                instanceId,
                endpoint,
                requestedAt,
                since,
                readyAt,
                preemptionAt,
                endsAs,
                failures,
                reason,
                lastLines);
    }

    /// The same replica, found not to work.
    public ReplicaRecord failing() {
        return new ReplicaRecord(
                service,
                name,
                generation,
                version,
                lifecycle,
                offer,
                token,
                instanceId,
                endpoint,
                requestedAt,
                since,
                readyAt,
                preemptionAt,
                Lifecycle.FAILED,
                failures + 1,
                reason,
                logTail);
    }
}
