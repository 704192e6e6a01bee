package dev.skyhedge.engine.workload;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// All that is declared, of every kind. No two workloads have the same name, of whatever kind they are, so that the
/// first kind that has an answer is the one that is asked.
///
/// @param kinds in the order in which they are planned
/// @param budget what all of it may cost, if that is limited
public record Workloads(List<Kind> kinds, Optional<BudgetSpec> budget) implements Upkeep {
    public Workloads {
        kinds = List.copyOf(kinds);
    }

    Collection<String> dependencies(String workload) {
        return kinds.stream()
                .flatMap(kind -> kind.dependencies(workload).stream())
                .toList();
    }

    @Override
    public Optional<String> version(String workload) {
        return first(kind -> kind.version(workload));
    }

    @Override
    public Optional<ReplicaSpec> replica(String workload, String version, Optional<WorkloadRecord> recorded) {
        return first(kind -> kind.replica(workload, version, recorded));
    }

    @Override
    public Optional<ReadinessSpec> readiness(ReplicaRecord replica, Optional<WorkloadRecord> recorded) {
        return first(kind -> kind.readiness(replica, recorded));
    }

    @Override
    public Optional<AccessSpec> access(ReplicaRecord replica, Optional<WorkloadRecord> recorded) {
        return first(kind -> kind.access(replica, recorded));
    }

    @Override
    public Optional<Trial> trial(String workload) {
        return first(kind -> kind.trial(workload));
    }

    @Override
    public Optional<Duration> drainTimeout(String workload, Optional<WorkloadRecord> recorded) {
        return first(kind -> kind.drainTimeout(workload, recorded));
    }

    @Override
    public boolean hasEndpoint(String workload) {
        return kinds.stream().anyMatch(kind -> kind.upkeep().hasEndpoint(workload));
    }

    @Override
    public boolean listens(String workload) {
        return listener(workload).isPresent();
    }

    @Override
    public OptionalLong unread(ReplicaRecord task, WorkloadRecord recorded) {
        return listener(recorded.name())
                .map(kind -> kind.unread(task, recorded))
                .orElse(OptionalLong.empty());
    }

    @Override
    public WorkloadRecord heard(ReplicaRecord task, WorkloadRecord recorded, Optional<LogPage> page, Instant now) {
        return listener(recorded.name())
                .map(kind -> kind.heard(task, recorded, page, now))
                .orElse(recorded);
    }

    private Optional<Upkeep> listener(String workload) {
        return kinds.stream()
                .map(Kind::upkeep)
                .filter(kind -> kind.listens(workload))
                .findFirst();
    }

    @Override
    public boolean wants(Instance instance, Function<String, Optional<WorkloadRecord>> recorded) {
        return kinds.stream().anyMatch(kind -> kind.upkeep().wants(instance, recorded));
    }

    /// A loop, as it is asked for each replica of a fleet.
    private <T> Optional<T> first(Function<Upkeep, Optional<T>> answer) {
        for (Kind kind : kinds) {
            Optional<T> one = answer.apply(kind.upkeep());
            if (one.isPresent()) {
                return one;
            }
        }
        return Optional.empty();
    }
}
