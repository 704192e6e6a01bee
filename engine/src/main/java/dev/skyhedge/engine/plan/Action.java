package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ServiceRecord;
import java.util.Optional;

/// One step that brings the world to the spec. Every action says why.
public sealed interface Action {
    /// Name of the service.
    String service();

    /// Why, for people.
    String reason();

    /// Records the service as it is declared now.
    ///
    /// @param before as recorded; empty for a new one
    /// @param after as it is to be recorded
    record PutService(Optional<ServiceRecord> before, ServiceRecord after, String reason) implements Action {
        @Override
        public String service() {
            return after.name();
        }

        /// Whether a user would call it a change: not if only the autoscaler's memory differs.
        public boolean isVisible() {
            return before.isEmpty()
                    || !before.get().specJson().equals(after.specJson())
                    || before.get().wanted() != after.wanted()
                    || !before.get().failedVersion().equals(after.failedVersion());
        }
    }

    /// Forgets a service that is not declared any more. It takes effect once no replica of it is live.
    record RemoveService(String service, String reason) implements Action {}

    /// Rents an instance and starts a replica on it.
    ///
    /// @param service name of the service
    /// @param replica name of the replica
    /// @param generation its generation, from 1
    /// @param version of the replica block that it runs
    /// @param offer what to rent
    /// @param token derived from all of these
    /// @param role what it is for, a word for people
    /// @param failures consecutive failed generations before this one
    /// @param reason why, for people
    record Launch(
            String service,
            String replica,
            int generation,
            String version,
            Offer offer,
            IdempotencyToken token,
            String role,
            int failures,
            String reason)
            implements Action {}

    /// Takes a replica out of the routing table; it is terminated once its requests have ended.
    ///
    /// @param service name of the service
    /// @param replica name of the replica
    /// @param generation its generation
    /// @param offer what it is rented as
    /// @param endsAs the end that it comes to
    /// @param reason why, for people
    record Drain(String service, String replica, int generation, Offer offer, Lifecycle endsAs, String reason)
            implements Action {}

    /// Gives a replica's instance back.
    ///
    /// @param service name of the service
    /// @param replica name of the replica
    /// @param generation its generation
    /// @param offer what it is rented as
    /// @param endsAs the end that it comes to
    /// @param reason why, for people
    record Terminate(String service, String replica, int generation, Offer offer, Lifecycle endsAs, String reason)
            implements Action {}
}
