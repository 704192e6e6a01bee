package dev.skyhedge.state.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ServiceRecord;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows as canonical JSON and back: keys in the order written here, no blanks, times as UTC milliseconds, money
/// in micro-dollars, absent values left out. Written by hand, so that what is stored does not move when a
/// record does.
final class RowJson {
    private static final int MAX_DEPTH = 100;
    private static final ObjectMapper MAPPER = mapper();

    private RowJson() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return mapper;
    }

    static HistoryEntry historyEntry(long serial, Instant at, RowChange change) {
        return switch (change) {
            case RowChange.OfService(var name, var before, var after) ->
                new HistoryEntry(serial, at, "service", name, before.map(RowJson::write), after.map(RowJson::write));
            case RowChange.OfReplica(var key, var before, var after) ->
                new HistoryEntry(
                        serial, at, "replica", key.toString(), before.map(RowJson::write), after.map(RowJson::write));
        };
    }

    static String write(ServiceRecord service) {
        ObjectNode row = MAPPER.createObjectNode()
                .put("name", service.name())
                .put("address", service.address())
                .put("spec_json", service.specJson())
                .put("version", service.version())
                .put("wanted", service.wanted());
        putTime(row, "more_since_millis", service.scaling().moreSince());
        putTime(row, "less_since_millis", service.scaling().lessSince());
        putTime(row, "contrary_since_millis", service.scaling().contrarySince());
        service.failedVersion().ifPresent(version -> row.put("failed_version", version));
        service.stable().ifPresent(stable -> {
            ObjectNode kept =
                    row.putObject("stable").put("version", stable.version()).put("replica_json", stable.replicaJson());
            stable.specJson().ifPresent(json -> kept.put("spec_json", json));
        });
        row.put("protect", service.protect())
                .put("created_at_millis", service.createdAt().toEpochMilli());
        if (!service.editedAt().equals(service.createdAt())) {
            row.put("edited_at_millis", service.editedAt().toEpochMilli());
        }
        return text(row);
    }

    static ServiceRecord service(String json) {
        JsonNode row = parse(json);
        return new ServiceRecord(
                string(row, "name"),
                string(row, "address"),
                string(row, "spec_json"),
                string(row, "version"),
                integer(row, "wanted"),
                new ServiceRecord.ScalingMemory(
                        optionalTime(row, "more_since_millis"),
                        optionalTime(row, "less_since_millis"),
                        optionalTime(row, "contrary_since_millis")),
                optionalString(row, "failed_version"),
                optional(row, "stable")
                        .map(s -> new ServiceRecord.StableVersion(
                                string(s, "version"), string(s, "replica_json"), optionalString(s, "spec_json"))),
                bool(row, "protect"),
                time(row, "created_at_millis"),
                optionalTime(row, "edited_at_millis").orElseGet(() -> time(row, "created_at_millis")));
    }

    static String write(ReplicaRecord replica) {
        ObjectNode row = MAPPER.createObjectNode()
                .put("service", replica.service())
                .put("name", replica.name())
                .put("generation", replica.generation())
                .put("version", replica.version())
                .put("lifecycle", replica.lifecycle().name());
        row.set("offer", offer(replica.offer()));
        row.put("token", replica.token().value());
        replica.instanceId().ifPresent(id -> row.put("instance_id", id));
        replica.endpoint()
                .ifPresent(endpoint ->
                        row.putObject("endpoint").put("host", endpoint.host()).put("port", endpoint.port()));
        row.put("requested_at_millis", replica.requestedAt().toEpochMilli())
                .put("since_millis", replica.since().toEpochMilli());
        putTime(row, "ready_at_millis", replica.readyAt());
        putTime(row, "at_risk_since_millis", replica.atRiskSince());
        putTime(row, "preemption_at_millis", replica.preemptionAt());
        row.put("ends_as", replica.endsAs().name());
        replica.health().ifPresent(health -> row.set("health", health(health)));
        putTime(row, "proven_at_millis", replica.provenAt());
        return text(row.put("failures", replica.failures())
                .put("reason", replica.reason())
                .put("log_tail", replica.logTail()));
    }

    static ReplicaRecord replica(String json) {
        JsonNode row = parse(json);
        return new ReplicaRecord(
                string(row, "service"),
                string(row, "name"),
                integer(row, "generation"),
                string(row, "version"),
                Lifecycle.valueOf(string(row, "lifecycle")),
                offer(row.required("offer")),
                new IdempotencyToken(string(row, "token")),
                optionalString(row, "instance_id"),
                optional(row, "endpoint").map(e -> new Endpoint(string(e, "host"), integer(e, "port"))),
                time(row, "requested_at_millis"),
                time(row, "since_millis"),
                optionalTime(row, "ready_at_millis"),
                optionalTime(row, "at_risk_since_millis"),
                optionalTime(row, "preemption_at_millis"),
                Lifecycle.valueOf(string(row, "ends_as")),
                optional(row, "health").map(RowJson::health),
                optionalTime(row, "proven_at_millis"),
                integer(row, "failures"),
                string(row, "reason"),
                string(row, "log_tail"));
    }

    private static ObjectNode health(Health health) {
        return MAPPER.createObjectNode()
                .put("passing", health.passing())
                .put("since_millis", health.since().toEpochMilli())
                .put("detail", health.detail());
    }

    private static Health health(JsonNode row) {
        return new Health(bool(row, "passing"), time(row, "since_millis"), string(row, "detail"));
    }

    static String write(Intent intent) {
        ObjectNode row = MAPPER.createObjectNode()
                .put("id", intent.id())
                .put("epoch", intent.epoch())
                .put("operation", intent.operation().name())
                .put("service", intent.service())
                .put("replica", intent.replica())
                .put("generation", intent.generation())
                .put("token", intent.token().value())
                .put("version", intent.version());
        row.set("offer", offer(intent.offer()));
        intent.instanceId().ifPresent(id -> row.put("instance_id", id));
        return text(row.put("created_at_millis", intent.createdAt().toEpochMilli()));
    }

    static Intent intent(String json) {
        JsonNode row = parse(json);
        return new Intent(
                string(row, "id"),
                row.required("epoch").longValue(),
                Intent.Operation.valueOf(string(row, "operation")),
                string(row, "service"),
                string(row, "replica"),
                integer(row, "generation"),
                new IdempotencyToken(string(row, "token")),
                string(row, "version"),
                offer(row.required("offer")),
                optionalString(row, "instance_id"),
                time(row, "created_at_millis"));
    }

    static String write(IntentOutcome outcome) {
        ObjectNode row = MAPPER.createObjectNode().put("kind", outcome.kind().name());
        outcome.instanceId().ifPresent(id -> row.put("instance_id", id));
        return text(row.put("detail", outcome.detail())
                .put("at_millis", outcome.at().toEpochMilli()));
    }

    static String write(ZoneHealth health) {
        ObjectNode row = MAPPER.createObjectNode()
                .put("location", health.location().toString())
                .put("accelerator", health.accelerator().toString())
                .put("market", health.market().word())
                .put("status", health.status().name())
                .put("failures", health.failures())
                .put("since_millis", health.since().toEpochMilli())
                .put("retry_at_millis", health.retryAt().toEpochMilli())
                .put("evidence", health.evidence());
        if (!health.history().equals(TrackRecord.NONE)) {
            row.set("history", trackRecord(health.history()));
        }
        return text(row);
    }

    private static ObjectNode trackRecord(TrackRecord known) {
        ObjectNode row = MAPPER.createObjectNode();
        putTime(row, "held_since_millis", known.heldSince());
        row.put("calm_before_millis", known.calmBefore().toMillis());
        putTime(row, "troubled_at_millis", known.troubledAt());
        putTime(row, "lost_at_millis", known.lostAt());
        return row.put("left_survivors", known.leftSurvivors())
                .put("whole_losses", known.wholeLosses())
                .put("partial_losses", known.partialLosses());
    }

    /// Rows from before zones had track records have none.
    private static TrackRecord trackRecord(Optional<JsonNode> row) {
        return row.map(known -> new TrackRecord(
                        optionalTime(known, "held_since_millis"),
                        Duration.ofMillis(known.required("calm_before_millis").longValue()),
                        optionalTime(known, "troubled_at_millis"),
                        optionalTime(known, "lost_at_millis"),
                        bool(known, "left_survivors"),
                        integer(known, "whole_losses"),
                        integer(known, "partial_losses")))
                .orElse(TrackRecord.NONE);
    }

    static ZoneHealth zoneHealth(String json) {
        JsonNode row = parse(json);
        return new ZoneHealth(
                Location.parse(string(row, "location")),
                Accelerator.parse(string(row, "accelerator")),
                Market.parse(string(row, "market")),
                ZoneHealth.Status.valueOf(string(row, "status")),
                integer(row, "failures"),
                time(row, "since_millis"),
                time(row, "retry_at_millis"),
                string(row, "evidence"),
                trackRecord(optional(row, "history")));
    }

    static String write(ClosedScope closed) {
        ObjectNode row = MAPPER.createObjectNode()
                .put("locations", closed.scope().locations().toString());
        closed.scope().market().ifPresent(market -> row.put("market", market.word()));
        closed.scope().instanceType().ifPresent(type -> row.put("instance_type", type));
        return text(row.put("held", closed.held())
                .put("failures", closed.failures())
                .put("since_millis", closed.since().toEpochMilli())
                .put("retry_at_millis", closed.retryAt().toEpochMilli())
                .put("evidence", closed.evidence()));
    }

    static ClosedScope closedScope(String json) {
        JsonNode row = parse(json);
        return new ClosedScope(
                new Scope(
                        LocationPattern.parse(string(row, "locations")),
                        optionalString(row, "market").map(Market::parse),
                        optionalString(row, "instance_type")),
                integer(row, "held"),
                integer(row, "failures"),
                time(row, "since_millis"),
                time(row, "retry_at_millis"),
                string(row, "evidence"));
    }

    static String write(ProviderAccount account) {
        return text(MAPPER.createObjectNode()
                .put("provider", account.provider())
                .put("endpoint", account.account().endpoint())
                .put("account", account.account().account()));
    }

    static String write(SpecInForce spec) {
        ObjectNode row = object().put("digest", spec.digest())
                .put("services", spec.services())
                .put("source", spec.source())
                .put("at", spec.at().toEpochMilli());
        ArrayNode removing = row.putArray("removing");
        spec.removing().forEach(removing::add);
        return text(row);
    }

    static SpecInForce specInForce(String json) {
        JsonNode row = parse(json);
        List<String> removing = new ArrayList<>();
        row.required("removing").forEach(name -> removing.add(name.textValue()));
        return new SpecInForce(
                string(row, "digest"),
                optionalString(row, "services").orElse(""),
                string(row, "source"),
                time(row, "at"),
                removing);
    }

    static ProviderAccount account(String json) {
        JsonNode row = parse(json);
        return new ProviderAccount(
                string(row, "provider"), new CloudAccount(string(row, "endpoint"), string(row, "account")));
    }

    static String write(Event event) {
        return text(MAPPER.createObjectNode()
                .put("at_millis", event.at().toEpochMilli())
                .put("service", event.service())
                .put("replica", event.replica())
                .put("kind", event.kind())
                .put("message", event.message()));
    }

    static Event event(String json) {
        JsonNode row = parse(json);
        return new Event(
                time(row, "at_millis"),
                string(row, "service"),
                string(row, "replica"),
                string(row, "kind"),
                string(row, "message"));
    }

    static String write(SpendEntry entry) {
        ObjectNode row = MAPPER.createObjectNode()
                .put("service", entry.service())
                .put("kind", entry.kind().name())
                .put("subject", entry.subject())
                .put("price_micro_dollars", entry.price().microDollars())
                .put("from_millis", entry.from().toEpochMilli());
        putTime(row, "until_millis", entry.until());
        entry.total().ifPresent(total -> row.put("total_micro_dollars", total));
        return text(row);
    }

    static SpendEntry spendEntry(String json) {
        JsonNode row = parse(json);
        return new SpendEntry(
                string(row, "service"),
                SpendEntry.Kind.valueOf(string(row, "kind")),
                string(row, "subject"),
                new HourlyPrice(row.required("price_micro_dollars").longValue()),
                time(row, "from_millis"),
                optionalTime(row, "until_millis"),
                Optional.ofNullable(row.get("total_micro_dollars")).map(JsonNode::longValue));
    }

    static String write(LeaseClaim claim) {
        return text(MAPPER.createObjectNode()
                .put("holder", claim.holder())
                .put("host", claim.host())
                .put("machine", claim.machine())
                .put("pid", claim.pid())
                .put("process_start_millis", claim.processStart())
                .put("operation", claim.operation()));
    }

    static LeaseClaim leaseClaim(String json) {
        JsonNode row = parse(json);
        return new LeaseClaim(
                string(row, "holder"),
                string(row, "host"),
                row.path("machine").asText(""),
                row.required("pid").longValue(),
                row.required("process_start_millis").longValue(),
                string(row, "operation"));
    }

    private static ObjectNode offer(Offer offer) {
        return MAPPER.createObjectNode()
                .put("instance_type", offer.instanceType())
                .put("accelerator", offer.accelerator().toString())
                .put("location", offer.location().toString())
                .put("market", offer.market().word())
                .put("price_micro_dollars", offer.price().microDollars());
    }

    private static Offer offer(JsonNode row) {
        return new Offer(
                string(row, "instance_type"),
                Accelerator.parse(string(row, "accelerator")),
                Location.parse(string(row, "location")),
                Market.parse(string(row, "market")),
                new HourlyPrice(row.required("price_micro_dollars").longValue()));
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not the JSON of a row: " + e.getOriginalMessage(), e);
        }
    }

    static String text(ObjectNode row) {
        return row.toString();
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String string(JsonNode row, String field) {
        return row.required(field).textValue();
    }

    private static int integer(JsonNode row, String field) {
        return row.required(field).intValue();
    }

    private static boolean bool(JsonNode row, String field) {
        return row.required(field).booleanValue();
    }

    private static Instant time(JsonNode row, String field) {
        return Instant.ofEpochMilli(row.required(field).longValue());
    }

    private static Optional<JsonNode> optional(JsonNode row, String field) {
        return Optional.ofNullable(row.get(field));
    }

    private static Optional<String> optionalString(JsonNode row, String field) {
        return optional(row, field).map(JsonNode::textValue);
    }

    private static Optional<Instant> optionalTime(JsonNode row, String field) {
        return optional(row, field).map(node -> Instant.ofEpochMilli(node.longValue()));
    }

    private static void putTime(ObjectNode row, String field, Optional<Instant> time) {
        time.ifPresent(value -> row.put(field, value.toEpochMilli()));
    }
}
