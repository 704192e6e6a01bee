package dev.skyhedge.engine.fleet;

import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How long replicas of a workload take from their launch until they serve.
public final class ColdStart {
    /// What is assumed until one was ready.
    public static final Duration ASSUMED = Duration.ofMinutes(2);

    private ColdStart() {}

    /// The median of those that are recorded.
    public static Duration of(List<ReplicaRecord> replicas) {
        long[] seenNanos = new long[replicas.size()];
        int count = 0;
        for (ReplicaRecord replica : replicas) {
            Optional<Instant> readyAt = replica.readyAt();
            if (readyAt.isPresent()) {
                seenNanos[count++] =
                        Duration.between(replica.requestedAt(), readyAt.get()).toNanos();
            }
        }
        Arrays.sort(seenNanos, 0, count);
        return count == 0 ? ASSUMED : Duration.ofNanos(seenNanos[count / 2]);
    }
}
