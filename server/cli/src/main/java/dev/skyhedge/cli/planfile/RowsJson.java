package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ServiceRecord;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state's rows and offers, as plan files keep them. Times are ISO 8601 with all their digits, so that a plan
/// comes back exactly as it was.
final class RowsJson {
    private RowsJson() {}

    static ObjectNode write(Offer offer) {
        return Json.object()
                .put("instance_type", offer.instanceType())
                .put("accelerator", offer.accelerator().toString())
                .put("location", offer.location().toString())
                .put("market", offer.market().word())
                .put("price_micro_dollars", offer.price().microDollars());
    }

    static Offer offer(JsonNode node) {
        return new Offer(
                Json.text(node, "instance_type"),
                Accelerator.parse(Json.text(node, "accelerator")),
                Location.parse(Json.text(node, "location")),
                Market.parse(Json.text(node, "market")),
                price(node, "price_micro_dollars"));
    }

    static HourlyPrice price(JsonNode node, String field) {
        return new HourlyPrice(Json.longInteger(node, field));
    }

    static ObjectNode write(ServiceRecord service) {
        ObjectNode node = Json.object()
                .put("name", service.name())
                .put("address", service.address())
                .put("spec_json", service.specJson())
                .put("version", service.version())
                .put("wanted", service.wanted());
        Json.putTime(node, "more_since", service.scaling().moreSince());
        Json.putTime(node, "less_since", service.scaling().lessSince());
        Json.putTime(node, "contrary_since", service.scaling().contrarySince());
        service.failedVersion().ifPresent(version -> node.put("failed_version", version));
        service.stable().ifPresent(stable -> {
            ObjectNode row =
                    node.putObject("stable").put("version", stable.version()).put("replica_json", stable.replicaJson());
            stable.specJson().ifPresent(json -> row.put("spec_json", json));
        });
        return node.put("protect", service.protect())
                .put("created_at", service.createdAt().toString())
                .put("edited_at", service.editedAt().toString());
    }

    static ServiceRecord service(JsonNode node) {
        Optional<ServiceRecord.StableVersion> stable = Optional.ofNullable(node.get("stable"))
                .map(s -> new ServiceRecord.StableVersion(
                        Json.text(s, "version"), Json.text(s, "replica_json"), Json.optionalText(s, "spec_json")));
        return new ServiceRecord(
                Json.text(node, "name"),
                Json.text(node, "address"),
                Json.text(node, "spec_json"),
                Json.text(node, "version"),
                Json.integer(node, "wanted"),
                new ServiceRecord.ScalingMemory(
                        Json.optionalTime(node, "more_since"),
                        Json.optionalTime(node, "less_since"),
                        Json.optionalTime(node, "contrary_since")),
                Json.optionalText(node, "failed_version"),
                stable,
                Json.bool(node, "protect"),
                Json.time(node, "created_at"),
                Json.optionalTime(node, "edited_at").orElseGet(() -> Json.time(node, "created_at")));
    }

    static ObjectNode write(ZoneHealth zone) {
        ObjectNode node = Json.object()
                .put("location", zone.location().toString())
                .put("accelerator", zone.accelerator().toString())
                .put("market", zone.market().word())
                .put("status", zone.status().name())
                .put("failures", zone.failures())
                .put("since", zone.since().toString())
                .put("retry_at", zone.retryAt().toString())
                .put("evidence", zone.evidence());
        if (!zone.history().equals(TrackRecord.NONE)) {
            node.set("history", write(zone.history()));
        }
        return node;
    }

    private static ObjectNode write(TrackRecord known) {
        ObjectNode node = Json.object();
        Json.putTime(node, "held_since", known.heldSince());
        node.put("calm_before", known.calmBefore().toString());
        Json.putTime(node, "troubled_at", known.troubledAt());
        Json.putTime(node, "lost_at", known.lostAt());
        return node.put("left_survivors", known.leftSurvivors())
                .put("whole_losses", known.wholeLosses())
                .put("partial_losses", known.partialLosses());
    }

    private static TrackRecord trackRecord(@Nullable JsonNode node) {
        return node == null
                ? TrackRecord.NONE
                : new TrackRecord(
                        Json.optionalTime(node, "held_since"),
                        Duration.parse(Json.text(node, "calm_before")),
                        Json.optionalTime(node, "troubled_at"),
                        Json.optionalTime(node, "lost_at"),
                        Json.bool(node, "left_survivors"),
                        Json.integer(node, "whole_losses"),
                        Json.integer(node, "partial_losses"));
    }

    static ZoneHealth zone(JsonNode node) {
        return new ZoneHealth(
                Location.parse(Json.text(node, "location")),
                Accelerator.parse(Json.text(node, "accelerator")),
                Market.parse(Json.text(node, "market")),
                Json.constant(node, "status", ZoneHealth.Status.class),
                Json.integer(node, "failures"),
                Json.time(node, "since"),
                Json.time(node, "retry_at"),
                Json.text(node, "evidence"),
                trackRecord(node.get("history")));
    }

    /// Without the workload's log: it may hold anything.
    static ObjectNode write(ReplicaRecord replica) {
        ObjectNode node = Json.object()
                .put("service", replica.service())
                .put("name", replica.name())
                .put("generation", replica.generation())
                .put("version", replica.version())
                .put("lifecycle", replica.lifecycle().name());
        node.set("offer", write(replica.offer()));
        node.put("token", replica.token().value());
        replica.instanceId().ifPresent(id -> node.put("instance_id", id));
        replica.endpoint().ifPresent(endpoint -> node.set("endpoint", write(endpoint)));
        node.put("requested_at", replica.requestedAt().toString())
                .put("since", replica.since().toString());
        Json.putTime(node, "ready_at", replica.readyAt());
        Json.putTime(node, "at_risk_since", replica.atRiskSince());
        Json.putTime(node, "preemption_at", replica.preemptionAt());
        node.put("ends_as", replica.endsAs().name());
        replica.health()
                .ifPresent(health -> node.putObject("health")
                        .put("passing", health.passing())
                        .put("since", health.since().toString())
                        .put("detail", health.detail()));
        Json.putTime(node, "proven_at", replica.provenAt());
        return node.put("failures", replica.failures()).put("reason", replica.reason());
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
        instance.endpoint().ifPresent(endpoint -> node.set("endpoint", write(endpoint)));
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
                endpoint(node),
                Json.time(node, "launched_at"),
                Optional.empty());
    }

    private static ObjectNode write(Endpoint endpoint) {
        return Json.object().put("host", endpoint.host()).put("port", endpoint.port());
    }

    private static Optional<Endpoint> endpoint(JsonNode node) {
        return Optional.ofNullable(node.get("endpoint"))
                .map(e -> new Endpoint(Json.text(e, "host"), Json.integer(e, "port")));
    }

    static ReplicaRecord replica(JsonNode node) {
        return new ReplicaRecord(
                Json.text(node, "service"),
                Json.text(node, "name"),
                Json.integer(node, "generation"),
                Json.text(node, "version"),
                Json.constant(node, "lifecycle", Lifecycle.class),
                offer(node.required("offer")),
                new IdempotencyToken(Json.text(node, "token")),
                Json.optionalText(node, "instance_id"),
                endpoint(node),
                Json.time(node, "requested_at"),
                Json.time(node, "since"),
                Json.optionalTime(node, "ready_at"),
                Json.optionalTime(node, "at_risk_since"),
                Json.optionalTime(node, "preemption_at"),
                Json.constant(node, "ends_as", Lifecycle.class),
                Optional.ofNullable(node.get("health"))
                        .map(h -> new Health(Json.bool(h, "passing"), Json.time(h, "since"), Json.text(h, "detail"))),
                Json.optionalTime(node, "proven_at"),
                Json.integer(node, "failures"),
                Json.text(node, "reason"),
                "");
    }
}
