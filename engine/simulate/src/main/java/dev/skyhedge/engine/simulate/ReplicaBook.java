package dev.skyhedge.engine.simulate;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.reconcile.ReplicaTable;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The newest generation of each replica of one service, as the state would record it.
final class ReplicaBook {
    private final String service;
    private final ReplicaTable table = new ReplicaTable();

    ReplicaBook(String service) {
        this.service = service;
    }

    /// All of them by service, each service's in the order of their ordinals.
    SortedMap<String, List<ReplicaRecord>> byService() {
        return new TreeMap<>(Map.of(service, table.list()));
    }

    Offer offer(String replica) {
        return record(replica).offer();
    }

    ReplicaRecord launch(Action.Launch launch, Lifecycle lifecycle, Instant at, String why) {
        var launched = ReplicaRecord.decided(
                        new ReplicaKey(service, launch.replica(), launch.generation()),
                        launch.version(),
                        launch.offer(),
                        launch.token(),
                        new Machine.Rental(at, launch.role(), launch.reason()),
                        0)
                .onInstance(launch.replica() + "#" + launch.generation(), Optional.empty())
                .in(lifecycle, at, why);
        table.put(launched);
        return launched;
    }

    ReplicaRecord end(String replica, Lifecycle as, Instant at, String why) {
        ReplicaRecord ended = record(replica).in(as, at, why);
        table.put(ended);
        return ended;
    }

    /// The replica is ready, if it is not already.
    void ready(String replica, Instant at) {
        ReplicaRecord record = record(replica);
        if (record.lifecycle() != Lifecycle.READY) {
            table.put(record.in(Lifecycle.READY, at, "probes pass"));
        }
    }

    private ReplicaRecord record(String replica) {
        return table.get(replica).orElseThrow(() -> new IllegalArgumentException("No replica " + replica));
    }
}
