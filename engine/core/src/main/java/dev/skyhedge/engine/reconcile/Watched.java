package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Since when each live replica has been watched in its present stage. Durations that decide over a replica
/// count from here and not from what the record says: nobody looked while no controller ran, and while the
/// clock jumped. Not thread-safe.
final class Watched {
    private final Map<ReplicaKey, Instant> since = new HashMap<>();
    private @Nullable Instant now;

    /// What a replica is measured in.
    private enum Stage {
        ON_ITS_WAY,
        HEALTHY,
        FAILING,
        LEAVING,
        ENDED
    }

    /// From now on changes happen at this time. The first time is when watching begins.
    void at(Instant time, Collection<ReplicaRecord> recorded) {
        if (now == null) {
            recorded.stream()
                    .filter(replica -> replica.lifecycle().isLive())
                    .forEach(replica -> since.put(ReplicaKey.of(replica), time));
        }
        now = time;
    }

    /// A replica is like this from now on.
    void put(Optional<ReplicaRecord> before, ReplicaRecord after) {
        ReplicaKey key = ReplicaKey.of(after);
        before.map(ReplicaKey::of).filter(old -> !old.equals(key)).ifPresent(since::remove);
        Stage stage = stage(after);
        if (now == null || stage == Stage.ENDED) {
            since.remove(key);
        } else if (before.filter(old -> ReplicaKey.of(old).equals(key) && stage(old) == stage)
                .isEmpty()) {
            since.put(key, now);
        }
    }

    void remove(ReplicaKey replica) {
        since.remove(replica);
    }

    Optional<Instant> since(ReplicaRecord replica) {
        return Optional.ofNullable(since.get(ReplicaKey.of(replica)));
    }

    /// By name.
    Map<String, Instant> of(Collection<ReplicaRecord> replicas) {
        Map<String, Instant> byName = new HashMap<>();
        replicas.forEach(replica -> since(replica).ifPresent(at -> byName.put(replica.name(), at)));
        return byName;
    }

    /// So much time has passed by the clock that nobody lived through.
    void skip(Duration lost) {
        since.replaceAll((_, at) -> at.plus(lost));
    }

    private static Stage stage(ReplicaRecord replica) {
        return switch (replica.lifecycle()) {
            case REQUESTED, PROVISIONING, STARTING -> Stage.ON_ITS_WAY;
            case READY -> replica.health().map(Health::passing).orElse(true) ? Stage.HEALTHY : Stage.FAILING;
            case DRAINING -> Stage.LEAVING;
            case STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> Stage.ENDED;
        };
    }
}
