package dev.skyhedge.engine.plan;

import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Launches that a provider has refused for what was asked or for who asked. The same call would be refused
/// again, wherever it is made, so the service launches nothing until the spec changes or another process tries.
/// Now and then one tries anyway, as nobody tells when credentials have changed. Other services go on.
final class Refusals {
    private static final List<String> KINDS = List.of("denied: ", "invalid_request: ");

    private Refusals() {}

    /// Why nothing is launched; empty if anything may be.
    ///
    /// @param version that new replicas run
    /// @param wakes is told when to try again
    static List<String> of(
            List<ReplicaRecord> replicas, String version, PlanOptions options, Instant now, Consumer<Instant> wakes) {
        if (options.begunAt().isEmpty()) {
            return List.of();
        }
        Instant begun = options.begunAt().get();
        List<ReplicaRecord> refused = new ArrayList<>();
        for (ReplicaRecord replica : replicas) {
            if (replica.lifecycle() == Lifecycle.FAILED
                    && isRefused(replica, version)
                    && !replica.since().isBefore(begun)
                    && retryAt(replica).isAfter(now)) {
                refused.add(replica);
            }
        }
        refused.stream().map(Refusals::retryAt).min(Instant::compareTo).ifPresent(wakes);
        return refused.stream()
                .map(ReplicaRecord::reason)
                .distinct()
                .map(reason -> "nothing is launched any more, as the provider refuses it: " + reason
                        + ". Correct the spec or the credentials and apply again")
                .toList();
    }

    private static boolean isRefused(ReplicaRecord failed, String version) {
        return failed.instanceId().isEmpty()
                && failed.version().equals(version)
                && KINDS.stream().anyMatch(failed.reason()::startsWith);
    }

    private static Instant retryAt(ReplicaRecord replica) {
        return replica.since().plus(Slots.MAX_BACK_OFF);
    }
}
