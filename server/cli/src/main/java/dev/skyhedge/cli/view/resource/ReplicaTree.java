package dev.skyhedge.cli.view.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ReplicaRecord;

/// Replicas and offers as trees of attributes, units in the names.
public final class ReplicaTree {
    private ReplicaTree() {}

    /// As it is recorded.
    public static ObjectNode of(ReplicaRecord replica) {
        ObjectNode node = planned(replica.service(), replica.name(), replica.generation(), replica.version());
        offer(node, replica.offer());
        node.put("state", ReplicaState.word(replica));
        node.put("instance_id", replica.instanceId().orElse(null));
        node.put("endpoint", replica.endpoint().map(Object::toString).orElse(null));
        return node;
    }

    /// Of one that is not launched yet.
    public static ObjectNode planned(String service, String name, int generation, String version) {
        return Json.object()
                .put("service", service)
                .put("name", name)
                .put("generation", generation)
                .put("version", version);
    }

    /// Writes what is rented.
    public static void offer(ObjectNode node, Offer offer) {
        node.put("market", offer.market().word())
                .put("location", offer.location().toString())
                .put("instance_type", offer.instanceType())
                .put("accelerator", offer.accelerator().toString())
                .put("price_usd_per_hour", Dollars.usd(offer.price().microDollars()));
    }
}
