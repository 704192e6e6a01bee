package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ServiceRecord;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.store.json.Forms;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.ReplicaForms;
import java.util.Optional;

/// The state's rows and offers, as plan files keep them. Times are ISO 8601 with all their digits, so that a plan
/// comes back exactly as it was.
final class RowsJson {
    private RowsJson() {}

    static JsonNode write(Offer offer) {
        return Forms.OFFER.write(offer);
    }

    static Offer offer(JsonNode node) {
        return Forms.OFFER.read(node);
    }

    static JsonNode write(ServiceRecord service) {
        return RecordForms.SERVICE.write(service);
    }

    static ServiceRecord service(JsonNode node) {
        return RecordForms.SERVICE.read(node);
    }

    static JsonNode write(ZoneHealth zone) {
        return RecordForms.ZONE_HEALTH.write(zone);
    }

    static ZoneHealth zone(JsonNode node) {
        return RecordForms.ZONE_HEALTH.read(node);
    }

    /// Without the workload's log: it may hold anything.
    static JsonNode write(ReplicaRecord replica) {
        return ReplicaForms.REPLICA.write(replica.withLog(""));
    }

    static ReplicaRecord replica(JsonNode node) {
        return ReplicaForms.REPLICA.read(node);
    }

    static HourlyPrice price(JsonNode node, String field) {
        return new HourlyPrice(Json.longInteger(node, field));
    }

    /// A live instance.
    static ObjectNode write(Instance instance) {
        InstanceTags tags = instance.tags();
        ObjectNode node = Json.object()
                .put("id", instance.id())
                .put("lineage", tags.lineage())
                .put("service", tags.service())
                .put("replica", tags.replica())
                .put("generation", tags.generation())
                .put("token", tags.token().value())
                .put("state", instance.state().name());
        node.set("offer", write(instance.offer()));
        instance.endpoint().ifPresent(endpoint -> node.set("endpoint", Forms.ENDPOINT.write(endpoint)));
        return node.put("launched_at", instance.launchedAt().toString());
    }

    static Instance instance(JsonNode node) {
        return new Instance(
                Json.text(node, "id"),
                offer(node.required("offer")),
                new InstanceTags(
                        Json.text(node, "lineage"),
                        Json.text(node, "service"),
                        Json.text(node, "replica"),
                        Json.integer(node, "generation"),
                        new IdempotencyToken(Json.text(node, "token"))),
                Json.constant(node, "state", InstanceState.class),
                Optional.ofNullable(node.get("endpoint")).map(Forms.ENDPOINT::read),
                Json.time(node, "launched_at"),
                Optional.empty());
    }
}
