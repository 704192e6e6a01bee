package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.providers.simulated.LedgerEntry;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a simulation goes on from: a fleet that runs, and what its state has learnt of zones. The market
/// must have room for the fleet when the simulation begins.
///
/// @param service as it was last applied; empty for one that never was
/// @param replicas live ones with an instance, rented as the simulated cloud lists them
/// @param health of zones as the simulated cloud names them
public record Beginning(Optional<WorkloadRecord> service, List<ReplicaRecord> replicas, List<ZoneHealth> health) {
    /// Nothing was ever rented, nothing is known.
    public static final Beginning EMPTY = new Beginning(Optional.empty(), List.of(), List.of());

    private static final int HOSTS_PER_BYTE = 256;

    public Beginning {
        replicas = List.copyOf(replicas);
        health = List.copyOf(health);
    }

    boolean isEmpty() {
        return service.isEmpty() && replicas.isEmpty() && health.isEmpty();
    }

    /// Whether as many replicas are ready as are wanted.
    public boolean isServing(int wanted) {
        return replicas.stream()
                        .filter(replica -> replica.lifecycle() == Lifecycle.READY)
                        .count()
                >= wanted;
    }

    /// The fleet as its cloud has it, billed from now on.
    List<LedgerEntry> ledger(String lineage, Instant start) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            ReplicaRecord replica = replicas.get(i);
            entries.add(new LedgerEntry.Launched(
                    id(i),
                    start,
                    replica.offer(),
                    new InstanceTags(lineage, replica.service(), replica.name(), replica.generation(), replica.token()),
                    ""));
            entries.add(new LedgerEntry.Running(id(i), start, endpoint(i), ""));
        }
        return entries;
    }

    /// The fleet as its state has it.
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        service.ifPresent(record -> changes.add(new Change.PutWorkload(record)));
        for (int i = 0; i < replicas.size(); i++) {
            changes.add(new Change.PutReplica(replicas.get(i).onInstance(id(i), Optional.of(endpoint(i)))));
        }
        health.forEach(zone -> changes.add(new Change.PutZoneHealth(zone)));
        return changes;
    }

    private static String id(int index) {
        return String.format(Locale.ROOT, "i-%06d", index + 1);
    }

    /// Apart from those that new machines get.
    private static Endpoint endpoint(int index) {
        return new Endpoint("192.168." + index / HOSTS_PER_BYTE + "." + index % HOSTS_PER_BYTE, 8_000);
    }
}
