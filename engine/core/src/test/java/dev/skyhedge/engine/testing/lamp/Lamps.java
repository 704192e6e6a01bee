package dev.skyhedge.engine.testing.lamp;

import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.fleet.Retirement;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Kind;
import dev.skyhedge.engine.workload.Upkeep;
import dev.skyhedge.engine.workload.WorkloadPlan;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import dev.skyhedge.specs.schema.Language;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The kind `lamp`.
///
/// @param declared all of them
public record Lamps(List<Lamp> declared) implements Kind, Upkeep {
    static final String KIND = "lamp";
    public static final Duration DRAIN = Duration.ofSeconds(10);

    /// All kinds that the engine has, and the lamps of the spec.
    public static Workloads of(Spec spec) {
        var lamps = new Lamps(List.copyOf(spec.of(Lamp.class).values()));
        return new Workloads(
                Stream.concat(Kinds.of(spec).kinds().stream(), Stream.of(lamps)).toList(),
                Kinds.of(spec).budget());
    }

    /// A spec as it is written, in the language with lamps.
    ///
    /// @param directory to write it in
    public static LoadedSpec read(Path directory, String text) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), text);
        return SpecLoader.load(SpecRequest.of(directory).in(Language.STANDARD.with(new LampDefinition())));
    }

    private Optional<Lamp> lamp(String name) {
        return declared.stream().filter(lamp -> lamp.name().equals(name)).findFirst();
    }

    @Override
    public Collection<String> dependencies(String workload) {
        return lamp(workload).map(Lamp::dependsOn).orElse(List.of());
    }

    @Override
    public Succession succeed(World world, PlanOptions options) {
        return new Succession(world, List.of(), new TreeMap<>());
    }

    @Override
    public List<LampPlanner> planners(World world, PlanOptions options, QuotaRoom quotas, Set<String> stopped) {
        return declared.stream()
                .filter(lamp -> options.includes(lamp.name()) && !stopped.contains(lamp.name()))
                .map(lamp -> new LampPlanner(lamp, world, options, quotas))
                .toList();
    }

    @Override
    public List<WorkloadPlan> removals(World world, PlanOptions options, Set<String> stopped) {
        return world.workloads().values().stream()
                .filter(recorded -> recorded.is(KIND))
                .filter(recorded -> options.destroy()
                        || (lamp(recorded.name()).isEmpty()
                                && options.removals().include(recorded.name())))
                .map(recorded -> remove(recorded, world))
                .toList();
    }

    private static WorkloadPlan remove(WorkloadRecord recorded, World world) {
        List<Action> actions = new ArrayList<>();
        List<Instant> wakes = new ArrayList<>();
        for (ReplicaRecord task : world.replicasOf(recorded.name())) {
            Retirement.retire(task, Lifecycle.GONE, "the lamp is not declared").ifPresent(actions::add);
            Draining.step(task, DRAIN, world.signalsOf(recorded.name()), world.now(), actions::add, wakes::add);
        }
        actions.add(new Action.RemoveWorkload(recorded.name(), "the lamp is not declared"));
        return new WorkloadPlan(
                actions, Optional.empty(), List.of(), List.of(), wakes.stream().min(Comparator.naturalOrder()));
    }

    @Override
    public Upkeep upkeep() {
        return this;
    }

    @Override
    public Optional<String> version(String workload) {
        return lamp(workload).map(Lamp::colour);
    }

    @Override
    public Optional<ReplicaSpec> replica(String workload, String version, Optional<WorkloadRecord> recorded) {
        return version(workload)
                .filter(version::equals)
                .map(colour ->
                        new ReplicaSpec(Optional.empty(), List.of("shine", colour), 8000, new LinkedHashMap<>()));
    }

    @Override
    public Optional<ReadinessSpec> readiness(ReplicaRecord replica, Optional<WorkloadRecord> recorded) {
        return lamp(replica.service()).map(_ -> ReadinessSpec.DEFAULT);
    }

    @Override
    public Optional<AccessSpec> access(ReplicaRecord replica, Optional<WorkloadRecord> recorded) {
        return lamp(replica.service()).map(_ -> AccessSpec.OPEN);
    }

    @Override
    public Optional<Trial> trial(String workload) {
        return lamp(workload).map(_ -> new Trial(Duration.ofMinutes(1), Duration.ofMinutes(10)));
    }

    @Override
    public Optional<Duration> drainTimeout(String workload, Optional<WorkloadRecord> recorded) {
        return recorded.filter(record -> record.is(KIND)).map(_ -> DRAIN);
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
