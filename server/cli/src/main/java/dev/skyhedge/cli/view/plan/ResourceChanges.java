package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.resource.ReplicaTree;
import dev.skyhedge.cli.view.resource.ResourceAddress;
import dev.skyhedge.cli.view.resource.ServiceTree;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A plan as a list of changes of services and replicas.
final class ResourceChanges {
    private ResourceChanges() {}

    /// What the plan changes, in its order.
    static List<ResourceChange> of(PlanView view) {
        Map<String, ReplicaRecord> recorded = new HashMap<>();
        view.world()
                .replicas()
                .values()
                .forEach(replicas ->
                        replicas.forEach(replica -> recorded.put(key(replica.service(), replica.name()), replica)));
        List<ResourceChange> changes = new ArrayList<>();
        for (Action action : view.plan().actions()) {
            change(view, recorded, action).ifPresent(changes::add);
        }
        return changes;
    }

    /// What the plan leaves as it is.
    static List<ResourceChange> unchanged(PlanView view) {
        Set<String> touched = new HashSet<>();
        of(view).forEach(change -> touched.add(change.address().toString()));
        List<ResourceChange> same = new ArrayList<>();
        view.world()
                .workloads()
                .values()
                .forEach(service -> same.add(noOp(ResourceAddress.service(service.name()), ServiceTree.of(service))));
        view.world()
                .replicas()
                .values()
                .forEach(replicas -> replicas.stream()
                        .filter(replica -> replica.lifecycle().isLive())
                        .forEach(replica -> same.add(noOp(address(replica), ReplicaTree.of(replica)))));
        same.removeIf(change -> touched.contains(change.address().toString()));
        return same;
    }

    /// What was found to have changed already.
    static List<ResourceChange> drift(PlanView view) {
        List<ResourceChange> changes = new ArrayList<>();
        for (Step.Transition change : view.drift()) {
            JsonNode before = change.before().<JsonNode>map(ReplicaTree::of).orElse(ResourceChange.NOTHING);
            boolean gone = !change.after().lifecycle().isLive();
            changes.add(ResourceChange.of(
                    address(change.after()),
                    gone ? "delete" : "update",
                    "",
                    change.after().reason(),
                    before,
                    gone ? ResourceChange.NOTHING : ReplicaTree.of(change.after())));
        }
        return changes;
    }

    private static Optional<ResourceChange> change(PlanView view, Map<String, ReplicaRecord> recorded, Action action) {
        return switch (action) {
            case Action.PutWorkload put -> put(put);
            case Action.RemoveWorkload removal -> {
                var before = Optional.ofNullable(view.world().workloads().get(removal.service()));
                boolean forgets = ServiceView.forgets(view.plan(), removal.service());
                yield Optional.of(ResourceChange.of(
                        ResourceAddress.service(removal.service()),
                        forgets ? "forget" : "delete",
                        forgets ? "" : "delete_because_no_resource_config",
                        removal.reason(),
                        before.<JsonNode>map(ServiceTree::of).orElse(ResourceChange.NOTHING),
                        ResourceChange.NOTHING));
            }
            case Action.Launch launch -> Optional.of(launch(launch));
            case Action.Drain a -> Optional.of(end(recorded, a.service(), a.replica(), a.offer(), a.reason()));
            case Action.Terminate a -> Optional.of(end(recorded, a.service(), a.replica(), a.offer(), a.reason()));
            case Action.Forget a -> Optional.of(forget(recorded, a));
            case Action.Adopt a -> Optional.of(adopt(a));
            case Action.MoveService a -> Optional.of(move(a));
            case Action.Later later ->
                change(view, recorded, later.action()).map(change -> change.because(later.reason()));
        };
    }

    private static Optional<ResourceChange> put(Action.PutWorkload put) {
        if (!put.isVisible()) {
            return Optional.empty();
        }
        Optional<WorkloadRecord> before = put.before();
        return Optional.of(ResourceChange.of(
                ResourceAddress.service(put.service()),
                before.isPresent() ? "update" : "create",
                "",
                put.reason(),
                before.<JsonNode>map(ServiceTree::of).orElse(ResourceChange.NOTHING),
                ServiceTree.of(put.after())));
    }

    private static ResourceChange launch(Action.Launch launch) {
        ObjectNode after =
                ReplicaTree.planned(launch.service(), launch.replica(), launch.generation(), launch.version());
        ReplicaTree.offer(after, launch.offer());
        after.put("cost_usd_per_hour", Dollars.usd(launch.offer().price().microDollars()))
                .put("reason", launch.reason())
                .put("role", launch.role())
                .put("token", launch.token().value());
        return ResourceChange.of(
                        ResourceAddress.replica(launch.service(), launch.replica()),
                        "create",
                        "",
                        launch.reason(),
                        ResourceChange.NOTHING,
                        after)
                .withUnknown("state", "instance_id", "endpoint")
                .at(launch.offer().price());
    }

    private static ResourceChange end(
            Map<String, ReplicaRecord> recorded, String service, String replica, Offer offer, String reason) {
        Optional<ReplicaRecord> record = Optional.ofNullable(recorded.get(key(service, replica)));
        ObjectNode before = record.map(ReplicaTree::of).orElseGet(() -> {
            ObjectNode node = Json.object().put("service", service).put("name", replica);
            ReplicaTree.offer(node, offer);
            return node;
        });
        return ResourceChange.of(
                        ResourceAddress.replica(service, replica), "delete", "", reason, before, ResourceChange.NOTHING)
                .at(offer.price());
    }

    private static ResourceChange forget(Map<String, ReplicaRecord> recorded, Action.Forget forget) {
        JsonNode before = Optional.ofNullable(recorded.get(key(forget.service(), forget.replica())))
                .<JsonNode>map(ReplicaTree::of)
                .orElse(ResourceChange.NOTHING);
        return ResourceChange.of(
                ResourceAddress.replica(forget.service(), forget.replica()),
                "forget",
                "",
                forget.reason(),
                before,
                ResourceChange.NOTHING);
    }

    private static ResourceChange adopt(Action.Adopt adopt) {
        ObjectNode after = ReplicaTree.planned(adopt.service(), adopt.replica(), adopt.generation(), adopt.version());
        ReplicaTree.offer(after, adopt.offer());
        after.put("instance_id", adopt.instanceId());
        return ResourceChange.of(
                        ResourceAddress.replica(adopt.service(), adopt.replica()),
                        "no-op",
                        "",
                        adopt.reason(),
                        after,
                        after)
                .withUnknown("state", "endpoint")
                .at(adopt.offer().price())
                .importing(adopt.instanceId());
    }

    private static ResourceChange move(Action.MoveService move) {
        return ResourceChange.of(
                        ResourceAddress.service(move.service()),
                        "no-op",
                        "",
                        move.reason(),
                        ServiceTree.of(move.before()),
                        ServiceTree.of(move.after()))
                .movedFrom(ResourceAddress.service(move.before().name()));
    }

    private static ResourceChange noOp(ResourceAddress address, ObjectNode tree) {
        return ResourceChange.of(address, "no-op", "", "", tree, tree);
    }

    private static ResourceAddress address(ReplicaRecord replica) {
        return ResourceAddress.replica(replica.service(), replica.name());
    }

    private static String key(String service, String replica) {
        return service + "/" + replica;
    }
}
