package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.fleet.Adoption;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Kind;
import dev.skyhedge.specs.Import;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Follows the `import` blocks: an instance that runs already becomes a replica. An import is done once, when the
/// service's record names its id; what becomes of the replica afterwards, preemption included, is not about the
/// block any more.
final class ImportedInstances {
    private final World world;
    private final SortedMap<String, List<ReplicaRecord>> replicas;
    private final List<Action> actions = new ArrayList<>();
    private final SortedMap<String, Plan.Problem> problems = new TreeMap<>();

    private ImportedInstances(World world) {
        this.world = world;
        this.replicas = new TreeMap<>(world.replicas());
    }

    static Kind.Succession follow(Spec spec, World world, PlanOptions options) {
        if (spec.imports().isEmpty() || options.destroy()) {
            return new Kind.Succession(world, List.of(), new TreeMap<>());
        }
        var imports = new ImportedInstances(world);
        for (Import one : spec.imports()) {
            spec.service(one.to().name())
                    .filter(to -> options.includes(to.name()))
                    .ifPresent(to -> imports.follow(one, to));
        }
        World after = world.with(world.workloads(), imports.replicas, world.signals());
        return new Kind.Succession(after, imports.actions, imports.problems);
    }

    private void follow(Import wanted, ServiceSpec to) {
        if (isDone(world.service(to.name()), wanted.id())) {
            return;
        }
        Optional<ReplicaRecord> owner = replicas.values().stream()
                .flatMap(List::stream)
                .filter(replica -> replica.lifecycle().isLive())
                .filter(replica -> replica.instanceId().equals(Optional.of(wanted.id())))
                .findFirst();
        if (owner.isPresent()) {
            if (!owner.get().service().equals(to.name())) {
                problem(
                        to,
                        "Instance belongs to another service",
                        wanted.id() + " is replica " + owner.get().name() + " of service "
                                + owner.get().service()
                                + ". A service gets another name by a moved block; to give away one replica, forget it"
                                + " first: `skyhedge state rm " + owner.get().name() + "`.");
            }
            return;
        }
        world.strays().stream()
                .filter(instance -> instance.id().equals(wanted.id()))
                .findFirst()
                .ifPresentOrElse(
                        instance -> adopt(instance, to),
                        () -> problem(
                                to,
                                "Cannot import what is not there",
                                "No instance " + wanted.id() + " runs with the tags of this state. Only instances that"
                                        + " Skyhedge launched for it can be imported: those that were forgotten, by a"
                                        + " removed block or `skyhedge state rm`. Correct the id, or remove the import"
                                        + " block."));
    }

    /// Whether an `import` block wants the instance and nothing has come of it yet.
    ///
    /// @param recorded finds a recorded service by its name
    static boolean isWanted(Spec spec, Instance instance, Function<String, Optional<WorkloadRecord>> recorded) {
        return spec.imports().stream()
                .filter(one -> one.id().equals(instance.id()))
                .anyMatch(one -> !isDone(recorded.apply(one.to().name()), one.id()));
    }

    /// Whether the record says that the instance was taken over before.
    static boolean isDone(Optional<WorkloadRecord> service, String id) {
        return service.filter(record -> SpecJson.imported(record.specJson()).contains(id))
                .isPresent();
    }

    private void adopt(Instance instance, ServiceSpec to) {
        Optional<ReplicaRecord> namesake = replicas.values().stream()
                .flatMap(List::stream)
                .filter(replica -> replica.name().equals(instance.tags().replica()))
                .findFirst();
        boolean taken = namesake.filter(other -> other.lifecycle().isLive()
                        || other.generation() > instance.tags().generation())
                .isPresent();
        if (taken) {
            problem(
                    to,
                    "The name of an imported replica is taken",
                    instance.id() + " is tagged as generation "
                            + instance.tags().generation() + " of "
                            + namesake.get().name()
                            + ", which has had a later one. It can only be ended: remove the import block.");
            return;
        }
        String version = namesake.filter(
                        other -> other.token().equals(instance.tags().token()))
                .map(ReplicaRecord::version)
                .orElseGet(() -> Adoption.versionOf(instance, SpecJson.version(to.replica())));
        String reason = "imported: instance " + instance.id() + " runs already";
        ReplicaRecord adopted = Adoption.record(instance, to.name(), version, reason, world.now());
        namesake.ifPresent(other -> replicas.computeIfPresent(
                other.service(),
                (_, all) -> all.stream().filter(one -> !one.equals(other)).toList()));
        List<ReplicaRecord> all = new ArrayList<>(replicas.getOrDefault(to.name(), List.of()));
        all.add(adopted);
        all.sort(ReplicaNames.BY_ORDINAL);
        replicas.put(to.name(), all);
        actions.add(new Action.Adopt(
                to.name(), adopted.name(), adopted.generation(), version, adopted.offer(), instance.id(), reason));
    }

    private void problem(ServiceSpec service, String summary, String detail) {
        problems.put(service.name(), new Plan.Problem(service.name(), summary, detail));
    }
}
