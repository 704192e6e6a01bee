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
/// @param passing whether its latest probe passed; only a passing READY replica takes traffic
/// @param requestedAt when its launch was decided
/// @param since when it entered its lifecycle state
/// @param readyAt when it was first ready
/// @param reason why it is in this state, for people
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
        boolean passing,
        Instant requestedAt,
        Instant since,
        Optional<Instant> readyAt,
        String reason) {

    /// The same replica in another state.
    public ReplicaRecord in(Lifecycle next, Instant at, String why) {
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
                passing,
                requestedAt,
                at,
                readyAt.or(() -> next == Lifecycle.READY ? Optional.of(at) : Optional.empty()),
                why);
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
                passing,
                requestedAt,
                since,
                readyAt,
                reason);
    }

    /// The same replica with the result of its latest probe.
    public ReplicaRecord probed(boolean passed, String why) {
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
                passed,
                requestedAt,
                since,
                readyAt,
                why);
    }

    /// Whether it takes traffic.
    public boolean isServing() {
        return lifecycle == Lifecycle.READY && passing;
    }
}
