package dev.skyhedge.cli.command;

import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;

/// Finds what a user names in a state: `service.chat` or `chat`, `service.chat/chat-1` or `chat-1`.
public final class StateAddress {
    private static final String SERVICE = "service.";

    private StateAddress() {}

    /// The service that is meant, if there is one.
    public static Optional<WorkloadRecord> service(Snapshot snapshot, String address) {
        return snapshot.services().stream()
                .filter(service ->
                        service.address().equals(address) || service.name().equals(address))
                .findFirst();
    }

    /// The name of the service that is meant, also of one that is gone, of which there may be a past still.
    public static String serviceName(Snapshot snapshot, String address) {
        return service(snapshot, address)
                .map(WorkloadRecord::name)
                .orElseGet(() -> address.startsWith(SERVICE) ? address.substring(SERVICE.length()) : address);
    }

    /// The replica that is meant, if there is one.
    public static Optional<ReplicaRecord> replica(Snapshot snapshot, String address) {
        String name = address.substring(address.indexOf('/') + 1);
        return snapshot.replicas().stream()
                .filter(replica -> replica.name().equals(name))
                .findFirst();
    }

    /// What to say if nothing is meant.
    public static CommandFailure unknown(String address) {
        return new CommandFailure("Nothing to match " + address, "`skyhedge state list` shows what the state holds.");
    }

    /// Where a replica is, and at what price.
    public static String describe(ReplicaRecord replica) {
        return replica.name() + ", instance " + replica.instanceId().orElse("unknown") + " at "
                + replica.offer().location() + ", " + replica.offer().price();
    }
}
