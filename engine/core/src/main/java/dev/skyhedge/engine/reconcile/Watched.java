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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Since when each live replica has been watched in its present stage. Durations that decide over a replica
/// count from here and not from what the record says: nobody looked while no controller ran, and while the
/// clock jumped. Not thread-safe.
final class Watched {
    /// By workload, then by name.
    private final Map<String, Map<String, Instant>> since = new HashMap<>();
    /// Every step asks for all, few steps change many.
    private final Map<String, Map<String, Instant>> copies = new HashMap<>();

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
    void at(Instant time, Supplier<Collection<ReplicaRecord>> recorded) {
        if (now == null) {
            recorded.get().stream()
                    .filter(replica -> replica.lifecycle().isLive())
                    .forEach(replica -> begin(replica, time));
        }
        now = time;
    }

    /// A replica is like this from now on.
    void put(Optional<ReplicaRecord> before, ReplicaRecord after) {
        Stage stage = stage(after);
        if (now == null || stage == Stage.ENDED) {
            remove(ReplicaKey.of(after));
        } else if (before.filter(old -> old.generation() == after.generation() && stage(old) == stage)
                .isEmpty()) {
            begin(after, now);
        }
    }

    private void begin(ReplicaRecord replica, Instant time) {
        copies.remove(replica.service());
        since.computeIfAbsent(replica.service(), _ -> new HashMap<>()).put(replica.name(), time);
    }

    void remove(ReplicaKey replica) {
        Map<String, Instant> byName = since.get(replica.service());
        if (byName != null && byName.remove(replica.name()) != null) {
            copies.remove(replica.service());
        }
    }

    /// @param replica the newest generation of its name
    Optional<Instant> since(ReplicaRecord replica) {
        Map<String, Instant> byName = since.get(replica.service());
        return byName == null ? Optional.empty() : Optional.ofNullable(byName.get(replica.name()));
    }

    /// Of the newest generations of a workload's replicas, by name.
    Map<String, Instant> of(String workload) {
        return copies.computeIfAbsent(workload, name -> Map.copyOf(since.getOrDefault(name, Map.of())));
    }

    /// So much time has passed by the clock that nobody lived through.
    void skip(Duration lost) {
        copies.clear();
        since.values().forEach(byName -> byName.replaceAll((_, at) -> at.plus(lost)));
    }

    /// Nobody could see the replica since then.
    void unseen(ReplicaRecord replica, Instant gap, Instant until) {
        since(replica)
                .map(at -> at.plus(Duration.between(at.isAfter(gap) ? at : gap, until)))
                .ifPresent(at -> begin(replica, at));
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
