package dev.skyhedge.engine.sweeping;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.engine.workload.Upkeep;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.function.Function;

/// What one has to know of sweeps to keep their trials.
///
/// @param sweeps by name
record SweepUpkeep(SortedMap<String, Declared> sweeps) implements Upkeep {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Optional<Declared> sweep(String name) {
        return Optional.ofNullable(sweeps.get(name));
    }

    @Override
    public Optional<String> version(String workload) {
        return sweep(workload).map(sweep -> sweep.edit().version());
    }

    /// With what tells the trial where it is and from what it goes on.
    @Override
    public Optional<ReplicaSpec> replica(String workload, String version, Optional<WorkloadRecord> recorded) {
        return sweep(workload).flatMap(sweep -> {
            OptionalInt trial = sweep.edit().trial(version);
            return trial.isPresent() ? Optional.of(replica(sweep, trial.getAsInt(), recorded)) : Optional.empty();
        });
    }

    private static ReplicaSpec replica(Declared sweep, int number, Optional<WorkloadRecord> recorded) {
        SweepSpec.Trial trial = sweep.spec().trials().get(number - 1);
        SequencedMap<String, EnvValue> env = new LinkedHashMap<>(trial.replica().env());
        TrialMemory memory = sweep.memory(recorded).trial(number);
        tell(env, "TRIAL_ID", Integer.toString(number));
        tell(env, "ATOMS", "1");
        tell(env, "PARAMS", JSON.valueToTree(trial.parameters()).toString());
        tell(
                env,
                "CHECKPOINT_DIR",
                String.join(
                        "/",
                        sweep.spec().rules().checkpointDir(),
                        sweep.spec().name(),
                        sweep.edit().version(),
                        Integer.toString(number)));
        tell(env, "RESUME_FROM", memory.progress().checkpoint().orElse(""));
        sweep.recorded(recorded)
                .ifPresent(record -> tell(
                        env,
                        "DEADLINE",
                        Long.toString(record.editedAt()
                                .plusMillis(Replay.end(sweep.spec()))
                                .getEpochSecond())));
        ReplicaSpec runs = trial.replica();
        return new ReplicaSpec(runs.image(), runs.command(), runs.port(), env);
    }

    private static void tell(SequencedMap<String, EnvValue> env, String name, String value) {
        env.put("SKYHEDGE_" + name, new EnvValue.Plain(value));
    }

    @Override
    public boolean listens(String workload) {
        return sweeps.containsKey(workload);
    }

    @Override
    public OptionalLong unread(ReplicaRecord task, WorkloadRecord recorded) {
        Optional<Declared> sweep = sweep(recorded.name())
                .filter(one -> one.recorded(Optional.of(recorded)).isPresent());
        if (sweep.isEmpty() || hasNoLog(task)) {
            return OptionalLong.empty();
        }
        OptionalInt trial = sweep.get().trial(task, recorded);
        return trial.isEmpty()
                ? OptionalLong.empty()
                : unread(task, sweep.get().memory(Optional.of(recorded)).trial(trial.getAsInt()));
    }

    private static boolean hasNoLog(ReplicaRecord task) {
        return task.instanceId().isEmpty()
                || task.lifecycle() == Lifecycle.PROVISIONING
                || task.lifecycle() == Lifecycle.REQUESTED
                || task.lifecycle() == Lifecycle.FORGOTTEN;
    }

    /// From where on its log has not been heard.
    static OptionalLong unread(ReplicaRecord task, TrialMemory memory) {
        if (hasNoLog(task) || memory.log().generation() > task.generation()) {
            return OptionalLong.empty();
        }
        if (memory.log().generation() < task.generation()) {
            return OptionalLong.of(0);
        }
        return memory.log().complete()
                ? OptionalLong.empty()
                : OptionalLong.of(memory.log().offset());
    }

    @Override
    public WorkloadRecord heard(ReplicaRecord task, WorkloadRecord recorded, Optional<LogPage> page, Instant now) {
        return sweep(recorded.name())
                .flatMap(sweep -> {
                    OptionalInt trial = sweep.trial(task, recorded);
                    return trial.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Hearing(sweep, recorded, task, trial.getAsInt(), now).of(page));
                })
                .orElse(recorded);
    }

    /// Nobody probes trials.
    @Override
    public Optional<ReadinessSpec> readiness(ReplicaRecord replica, Optional<WorkloadRecord> recorded) {
        return Optional.empty();
    }

    @Override
    public Optional<AccessSpec> access(ReplicaRecord replica, Optional<WorkloadRecord> recorded) {
        return sweep(replica.service()).map(_ -> AccessSpec.OPEN);
    }

    @Override
    public Optional<Trial> trial(String workload) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> drainTimeout(String workload, Optional<WorkloadRecord> recorded) {
        return recorded.filter(record -> record.is(SweepSpec.KIND)).map(_ -> Duration.ZERO);
    }

    @Override
    public boolean hasEndpoint(String workload) {
        return false;
    }

    @Override
    public boolean wants(Instance instance, Function<String, Optional<WorkloadRecord>> recorded) {
        return false;
    }
}
