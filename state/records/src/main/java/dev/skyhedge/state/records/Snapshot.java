package dev.skyhedge.state.records;

import java.util.List;
import java.util.Optional;

/// The state as of one instant.
///
/// @param lineage identifies this state for ever; carried as a tag by every instance
/// @param serial counts commits that changed a service or a replica; 0 for a new state
/// @param services by name
/// @param replicas the newest generation of every replica, ended ones included, by service and natural order
///     of name
/// @param openIntents intents without an outcome, oldest first
/// @param zoneHealth by location and accelerator
/// @param closedScopes quotas that were found used up, by scope
/// @param accounts what providers were when something was last done through them, by provider
/// @param lease the current one, if any
/// @param specInForce which spec was put in force last; empty if nobody has said so yet
/// @param orders those that are in force, or that nobody has read yet, in sequence
public record Snapshot(
        String lineage,
        long serial,
        List<WorkloadRecord> services,
        List<ReplicaRecord> replicas,
        List<Intent> openIntents,
        List<ZoneHealth> zoneHealth,
        List<ClosedScope> closedScopes,
        List<ProviderAccount> accounts,
        Optional<Lease> lease,
        Optional<SpecInForce> specInForce,
        List<PlacedOrder> orders) {
    public Snapshot {
        services = List.copyOf(services);
        replicas = List.copyOf(replicas);
        openIntents = List.copyOf(openIntents);
        zoneHealth = List.copyOf(zoneHealth);
        closedScopes = List.copyOf(closedScopes);
        accounts = List.copyOf(accounts);
        orders = List.copyOf(orders);
    }

    /// The services and replicas alone, as they were at a serial; of the rest nothing is known.
    public static Snapshot of(
            String lineage, long serial, List<WorkloadRecord> services, List<ReplicaRecord> replicas) {
        return new Snapshot(
                lineage,
                serial,
                services,
                replicas,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
