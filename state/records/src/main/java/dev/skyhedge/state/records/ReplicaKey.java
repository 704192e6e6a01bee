package dev.skyhedge.state.records;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/// Identifies one generation of a replica. The order is by service, natural order of name, generation.
///
/// @param service name of its service
/// @param name name of the replica
/// @param generation its generation
public record ReplicaKey(String service, String name, int generation) implements Comparable<ReplicaKey> {
    private static final Comparator<ReplicaKey> ORDER = Comparator.comparing(ReplicaKey::service)
            .thenComparing(ReplicaKey::name, NaturalOrder.INSTANCE)
            .thenComparingInt(ReplicaKey::generation);

    /// The key of a record.
    public static ReplicaKey of(ReplicaRecord replica) {
        return replica.key();
    }

    /// The newest generation of every replica, in order.
    public static List<ReplicaRecord> newestGenerations(SortedMap<ReplicaKey, ReplicaRecord> replicas) {
        List<ReplicaRecord> newest = new ArrayList<>(replicas.size());
        for (ReplicaRecord replica : replicas.values()) {
            if (!newest.isEmpty()
                    && newest.getLast().name().equals(replica.name())
                    && newest.getLast().service().equals(replica.service())) {
                newest.removeLast();
            }
            newest.add(replica);
        }
        return newest;
    }

    @Override
    public int compareTo(ReplicaKey other) {
        return ORDER.compare(this, other);
    }

    /// As history shows it: `chat/chat-1#2`.
    @Override
    public String toString() {
        return service + "/" + name + "#" + generation;
    }
}
