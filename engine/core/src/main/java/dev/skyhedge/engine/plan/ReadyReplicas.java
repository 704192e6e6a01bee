package dev.skyhedge.engine.plan;

import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many replicas serve, by name of the service: what conditions of a spec may ask for.
public final class ReadyReplicas {
    private ReadyReplicas() {}

    /// Of every recorded service.
    public static SortedMap<String, Integer> of(World world) {
        SortedMap<String, Integer> ready = new TreeMap<>();
        for (WorkloadRecord service : world.workloads().values()) {
            Signals signals = world.signalsOf(service.name());
            ready.put(service.name(), (int) world.replicasOf(service.name()).stream()
                    .filter(signals::isServing)
                    .count());
        }
        return ready;
    }

    /// Of every recorded service, as far as the record tells: probes may have failed since.
    public static SortedMap<String, Integer> of(Snapshot recorded) {
        SortedMap<String, Integer> ready = new TreeMap<>();
        recorded.services().forEach(service -> ready.put(service.name(), 0));
        for (ReplicaRecord replica : recorded.replicas()) {
            if (replica.isServing()) {
                ready.merge(replica.service(), 1, Integer::sum);
            }
        }
        return ready;
    }

    /// Of the services that have all that is wanted of them. How many others will have is not known yet.
    public static SortedMap<String, Integer> settled(World world) {
        SortedMap<String, Integer> ready = of(world);
        ready.entrySet()
                .removeIf(entry -> world.service(entry.getKey())
                        .filter(service -> entry.getValue() >= service.wanted())
                        .isEmpty());
        return ready;
    }
}
