package dev.skyhedge.engine.sweeping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.engine.workload.TrialView;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The trials of a recorded sweep, for whoever has its record and not its spec.
public final class RecordedTrials {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode spec;
    private final String version;
    private final SweepMemory memory;
    private final Collection<ReplicaRecord> machines;
    private final Optional<Integer> best;

    private RecordedTrials(WorkloadRecord record, JsonNode spec, Collection<ReplicaRecord> machines) {
        this.spec = spec;
        this.version = record.version();
        this.memory = SweepMemory.of(record.memory());
        this.machines = List.copyOf(machines);
        this.best = memory.best(spec.path("metric").path("goal").asText().equals("maximize"));
    }

    /// Those that were begun; none of a record of another kind.
    public static List<TrialView> of(WorkloadRecord record, Collection<ReplicaRecord> machines) {
        if (!record.is(SweepSpec.KIND)) {
            return List.of();
        }
        var trials = new RecordedTrials(record, spec(record), machines);
        return trials.memory.trials().keySet().stream().map(trials::view).toList();
    }

    /// Whether the time of a sweep is over; never of a record of another kind.
    public static boolean isOver(WorkloadRecord record, Instant now) {
        if (!record.is(SweepSpec.KIND)) {
            return false;
        }
        JsonNode spec = spec(record);
        long end = spec.path("deadline_millis").asLong()
                - spec.path("rules").path("grace_millis").asLong();
        return !now.isBefore(record.editedAt().plusMillis(end));
    }

    private static JsonNode spec(WorkloadRecord record) {
        try {
            return JSON.readTree(record.specJson());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not the record of a sweep: " + record.address(), e);
        }
    }

    private TrialView view(int number) {
        TrialMemory trial = memory.trial(number);
        return new TrialView(
                number,
                spec.path("trials").path(number - 1).path("parameters").properties().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
                        .collect(Collectors.joining(" ")),
                state(number, trial),
                trial.progress().iteration(),
                trial.progress().value(),
                trial.progress().best(),
                best.filter(one -> one == number).isPresent(),
                trial.progress().checkpointOfBest(),
                trial.failures());
    }

    private String state(int number, TrialMemory trial) {
        String runs = version + "-" + number;
        if (machines.stream()
                .anyMatch(machine ->
                        machine.version().equals(runs) && machine.lifecycle().isRising())) {
            return "RUNNING";
        }
        if (memory.news().stream().anyMatch(news -> news instanceof News.Failed && news.trial() == number)) {
            return "FAILED";
        }
        boolean done = trial.progress().iteration()
                        >= spec.path("scheduler").path("max_t").asInt()
                || memory.news().stream()
                        .anyMatch(news ->
                                news instanceof News.Reported report && report.trial() == number && report.last());
        return done ? "DONE" : "PAUSED";
    }
}
