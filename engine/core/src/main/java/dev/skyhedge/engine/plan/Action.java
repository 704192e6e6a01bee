package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;

/// One step that brings the world to the spec. Every action says why.
public sealed interface Action {
    /// Name of the workload.
    String service();

    /// Why, for people.
    String reason();

    /// The action itself, whether its time has come or not.
    static Action now(Action action) {
        return action instanceof Later later ? now(later.action()) : action;
    }

    /// Records the workload as it is declared now.
    ///
    /// @param before as recorded; empty for a new one
    /// @param after as it is to be recorded
    record PutWorkload(Optional<WorkloadRecord> before, WorkloadRecord after, String reason) implements Action {
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

    /// Forgets a workload that is not declared any more. It takes effect once no replica of it is live.
    record RemoveWorkload(String service, String reason) implements Action {}

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

    /// Gives a recorded service another name and address, with all its replicas. Nothing is launched or
    /// ended: the replicas keep their names, which their instances carry as tags.
    ///
    /// @param before as recorded
    /// @param after the same under its new name
    record MoveService(WorkloadRecord before, WorkloadRecord after, String reason) implements Action {
        @Override
        public String service() {
            return after.name();
        }
    }

    /// Takes an instance that runs already as a replica.
    ///
    /// @param service name of the service that gets it
    /// @param replica name of the replica, as the instance is tagged
    /// @param generation its generation, as the instance is tagged
    /// @param version what it is believed to run; `unknown` if that is not known
    /// @param offer what it is rented as
    /// @param instanceId the instance as its provider names it
    /// @param reason why, for people
    record Adopt(
            String service,
            String replica,
            int generation,
            String version,
            Offer offer,
            String instanceId,
            String reason)
            implements Action {}

    /// Stops taking care of a replica, whose instance runs on.
    ///
    /// @param service name of the service
    /// @param replica name of the replica
    /// @param generation its generation
    /// @param offer what it is rented as
    /// @param reason why, for people
    record Forget(String service, String replica, int generation, Offer offer, String reason) implements Action {}

    /// An action whose time has not come. Until then it is not carried out; a later plan will say so again.
    ///
    /// @param action what is to be done then
    /// @param until what is waited for
    record Later(Action action, Awaited until) implements Action {
        @Override
        public String service() {
            return action.service();
        }

        @Override
        public String reason() {
            return action.reason() + "; " + until.text();
        }
    }
}
