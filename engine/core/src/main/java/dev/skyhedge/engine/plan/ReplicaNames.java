package dev.skyhedge.engine.plan;

import dev.skyhedge.state.records.ReplicaRecord;
import java.util.Comparator;

/// Names of replicas: the service's name, `-`, and an ordinal from 1.
public final class ReplicaNames {
    /// By service, then by ordinal, so that `chat-10` comes after `chat-9`.
    public static final Comparator<ReplicaRecord> BY_ORDINAL = Comparator.comparing(ReplicaRecord::service)
            .thenComparingLong(replica -> ordinal(replica.name()))
            .thenComparing(ReplicaRecord::name);

    private ReplicaNames() {}

    /// One generation of a replica, such as `chat-1#3`.
    public static String withGeneration(ReplicaRecord replica) {
        return replica.name() + "#" + replica.generation();
    }

    public static String of(String service, int ordinal) {
        return service + "-" + ordinal;
    }

    /// The number at the end of the name; 0 if there is none.
    static long ordinal(String name) {
        int start = name.length();
        while (start > 0 && Character.isDigit(name.charAt(start - 1)) && name.length() - start < 18) {
            start--;
        }
        return start == name.length() ? 0 : Long.parseLong(name, start, name.length(), 10);
    }
}
