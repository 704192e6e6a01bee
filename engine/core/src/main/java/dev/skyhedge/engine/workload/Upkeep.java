package dev.skyhedge.engine.workload;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// What one has to know of declared workloads to keep what runs of them, whoever planned it. Pure. Each answer is empty
/// where the workload is not one of these.
public interface Upkeep {
    /// The version that new replicas are of.
    Optional<String> version(String workload);

    /// What replicas of that version run, as long as it is declared or still known.
    ///
    /// @param recorded the workload's record, if there is one
    Optional<ReplicaSpec> replica(String workload, String version, Optional<WorkloadRecord> recorded);

    /// How a replica is found healthy: as the edit says that it was launched for.
    ///
    /// @param recorded the workload's record, if there is one
    Optional<ReadinessSpec> readiness(ReplicaRecord replica, Optional<WorkloadRecord> recorded);

    /// How requests and probes get into a replica: as the edit says that it was launched for.
    ///
    /// @param recorded the workload's record, if there is one
    Optional<AccessSpec> access(ReplicaRecord replica, Optional<WorkloadRecord> recorded);

    /// How long a replica has to stay healthy to be relied on.
    Optional<Trial> trial(String workload);

    /// How long replicas may drain.
    ///
    /// @param recorded the workload's record, if there is one
    Optional<Duration> drainTimeout(String workload, Optional<WorkloadRecord> recorded);

    /// Whether a balancer counts its requests, where there is one.
    boolean hasEndpoint(String workload);

    /// Whether a running instance is asked for that has no record, and nothing has come of it yet.
    ///
    /// @param recorded finds a workload's record by its name
    boolean wants(Instance instance, Function<String, Optional<WorkloadRecord>> recorded);

    /// Whether what its tasks write is read while they run, and tells how they fare; nobody probes those.
    default boolean listens(String workload) {
        return false;
    }

    /// From where on the log of a task is to be read; empty if all of it is known, or none of it is of interest.
    ///
    /// @param task may have ended
    default OptionalLong unread(ReplicaRecord task, WorkloadRecord recorded) {
        return OptionalLong.empty();
    }

    /// What is remembered of a workload once its task has been heard.
    ///
    /// @param page read from where [#unread] said; empty if its log cannot be read any more
    default WorkloadRecord heard(ReplicaRecord task, WorkloadRecord recorded, Optional<LogPage> page, Instant now) {
        return recorded;
    }

    /// How long a replica has to stay healthy.
    ///
    /// @param proven until it is relied on
    /// @param forgiven until earlier failures say nothing any more; not less than the first
    record Trial(Duration proven, Duration forgiven) {}
}
