package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Kind;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Follows the `moved` blocks: what is recorded under one address becomes the service at another. All that comes
/// after it plans in the world as it is then.
///
/// A replica keeps its name. Its instance carries the name as a tag, and an instance is recognised by the
/// name of its replica and by its token, not by the name of its service: so nothing has to be written on
/// instances, and all of a move is in one commit.
final class MovedServices {
    private final Spec spec;
    private final PlanOptions options;
    private final SortedMap<String, WorkloadRecord> services;
    private final SortedMap<String, List<ReplicaRecord>> replicas;
    private final Map<String, Signals> signals;
    private final List<PlacedOrder> orders;
    private final List<Action> actions = new ArrayList<>();
    private final SortedMap<String, Plan.Problem> problems = new TreeMap<>();

    private MovedServices(Spec spec, World world, PlanOptions options) {
        this.spec = spec;
        this.options = options;
        this.services = new TreeMap<>(world.workloads());
        this.replicas = new TreeMap<>(world.replicas());
        this.signals = new HashMap<>(world.signals());
        this.orders = new ArrayList<>(world.orders());
    }

    static Kind.Succession follow(Spec spec, World world, PlanOptions options) {
        if (spec.moved().isEmpty()) {
            return new Kind.Succession(world, List.of(), new TreeMap<>());
        }
        var moves = new MovedServices(spec, world, options);
        world.workloads().values().forEach(moves::follow);
        World after = world.with(moves.services, moves.replicas, moves.signals).with(moves.orders);
        return new Kind.Succession(after, moves.actions, moves.problems);
    }

    private void follow(WorkloadRecord recorded) {
        Optional<WorkloadAddress> to = WorkloadAddress.parse(recorded.address()).flatMap(this::destination);
        String name = to.map(WorkloadAddress::name).orElse(recorded.name());
        if (to.isEmpty()
                || name.equals(recorded.name())
                || !(options.includes(name) || options.includes(recorded.name()))) {
            return;
        }
        WorkloadRecord occupant = services.get(name);
        if (occupant != null) {
            var problem = new Plan.Problem(
                    name,
                    "The place of a moved service is taken",
                    recorded.address() + " is to become " + to.get() + ", but the state has " + occupant.address()
                            + " already. Remove the moved block to keep both, or end one of them first: `skyhedge"
                            + " destroy -target=" + name + "`, or `skyhedge state rm " + name
                            + "` to forget it and let its instances run.");
            problems.put(recorded.name(), problem);
            problems.put(name, problem);
            return;
        }
        move(recorded, to.get());
    }

    /// The block about exactly this address counts before one about all instances of a service.
    private Optional<WorkloadAddress> destination(WorkloadAddress recorded) {
        return spec.moved().stream()
                .filter(moved -> moved.from().equals(recorded))
                .findFirst()
                .or(() -> spec.moved().stream()
                        .filter(moved -> moved.of(recorded).isPresent())
                        .findFirst())
                .flatMap((Moved moved) -> moved.of(recorded));
    }

    private void move(WorkloadRecord recorded, WorkloadAddress to) {
        WorkloadRecord after =
                recorded.named(to.name(), to.toString(), SpecJson.withAddress(recorded.specJson(), to.toString()));
        services.remove(recorded.name());
        services.put(after.name(), after);
        List<ReplicaRecord> moved =
                Optional.ofNullable(replicas.remove(recorded.name())).orElse(List.of());
        List<ReplicaRecord> all = new ArrayList<>(replicas.getOrDefault(after.name(), List.of()));
        moved.forEach(replica -> all.add(replica.ofService(after.name())));
        all.sort(ReplicaNames.BY_ORDINAL);
        replicas.put(after.name(), all);
        Optional.ofNullable(signals.remove(recorded.name())).ifPresent(known -> signals.put(after.name(), known));
        orders.replaceAll(placed -> placed.afterMove(recorded.name(), after.name()));
        actions.add(new Action.MoveService(recorded, after, recorded.address() + " has moved to " + to));
    }
}
