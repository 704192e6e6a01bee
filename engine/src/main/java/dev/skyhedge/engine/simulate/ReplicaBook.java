package dev.skyhedge.engine.simulate;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The newest generation of each replica of one service, as the state would record it.
final class ReplicaBook {
    private final String service;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<ReplicaRecord> records = new ArrayList<>();
    private SortedMap<String, List<ReplicaRecord>> snapshot = new TreeMap<>();
    private boolean isChanged = true;

    ReplicaBook(String service) {
        this.service = service;
    }

    /// All of them by service, each service's in the order of their ordinals.
    SortedMap<String, List<ReplicaRecord>> byService() {
        if (isChanged) {
            List<ReplicaRecord> ordered = new ArrayList<>(records);
            ordered.sort(ReplicaNames.BY_ORDINAL);
            snapshot = new TreeMap<>();
            snapshot.put(service, List.copyOf(ordered));
            isChanged = false;
        }
        return snapshot;
    }

    Offer offer(String replica) {
        return record(replica).offer();
    }

    ReplicaRecord launch(Action.Launch launch, Lifecycle lifecycle, Instant at, String why) {
        var launched = new ReplicaRecord(
                service,
                launch.replica(),
                launch.generation(),
                launch.version(),
                lifecycle,
                launch.offer(),
                launch.token(),
                Optional.of(launch.replica() + "#" + launch.generation()),
                Optional.empty(),
                at,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Lifecycle.GONE,
                0,
                why,
                "");
        put(launched);
        return launched;
    }

    ReplicaRecord end(String replica, Lifecycle as, Instant at, String why) {
        ReplicaRecord ended = record(replica).in(as, at, why);
        put(ended);
        return ended;
    }

    /// The replica is ready, if it is not already.
    void ready(String replica, Instant at) {
        ReplicaRecord record = record(replica);
        if (record.lifecycle() != Lifecycle.READY) {
            put(record.in(Lifecycle.READY, at, "probes pass"));
        }
    }

    private ReplicaRecord record(String replica) {
        Integer at = index.get(replica);
        if (at == null) {
            throw new IllegalArgumentException("No replica " + replica);
        }
        return records.get(at);
    }

    private void put(ReplicaRecord record) {
        isChanged = true;
        Integer at = index.putIfAbsent(record.name(), records.size());
        if (at == null) {
            records.add(record);
        } else {
            records.set(at, record);
        }
    }
}
