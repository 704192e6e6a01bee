package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.WorkloadRecord.StableVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.StreamSupport;

/// Reads what [SpecJson] wrote. Sections that are as declared are taken from the declared service, so that only
/// what differs has to be understood.
public final class RecordedSpec {
    /// The sections of a service that make an edit which can fail and be taken back.
    static final List<String> EDITED = List.of("replica", "resources", "readiness", "placement");

    private final ServiceSpec declared;
    private final JsonNode asDeclared;
    private final JsonNode json;

    /// @param asDeclared the declared service as JSON
    /// @param json the service to read
    RecordedSpec(ServiceSpec declared, JsonNode asDeclared, JsonNode json) {
        this.declared = declared;
        this.asDeclared = asDeclared;
        this.json = json;
    }

    /// A service that is recorded and not declared.
    ///
    /// @throws IllegalArgumentException if it cannot be read, or has a sensitive value, which is not kept
    static ServiceSpec of(WorkloadRecord record) {
        var undeclared = new ServiceSpec(
                record.name(),
                record.address(),
                new ReplicaSpec(Optional.empty(), List.of(), 0, new LinkedHashMap<>()),
                new ResourcesSpec(List.of(), List.of()),
                ReadinessSpec.DEFAULT,
                PlacementSpec.DEFAULT,
                ScalingSpec.DEFAULT,
                UpdateSpec.DEFAULT,
                Optional.empty(),
                record.protect(),
                SpecJson.dependsOn(record.specJson()));
        return new RecordedSpec(undeclared, JsonNodeFactory.instance.objectNode(), SpecJson.read(record.specJson()))
                .read();
    }

    /// A service as it is recorded, which is declared otherwise.
    ///
    /// @throws IllegalArgumentException if it cannot be read, or has another sensitive value, which is not kept
    static ServiceSpec of(WorkloadRecord record, ServiceSpec declared) {
        ServiceSpec service = declared.after(SpecJson.dependsOn(record.specJson()))
                .ignoring(List.of())
                .under(List.of());
        return new RecordedSpec(service, SpecJson.read(SpecJson.of(service)), SpecJson.read(record.specJson())).read();
    }

    /// The service.
    ///
    /// @throws IllegalArgumentException if it cannot be read, or has a sensitive value, which is not kept
    ServiceSpec read() {
        return new ServiceSpec(
                declared.name(),
                declared.address(),
                (isAsDeclared("replica") ? declared.replica() : replica(json.path("replica")))
                        .onDisk(SpecJson.disk(json.path("resources"))),
                isAsDeclared("resources") ? declared.resources() : resources(json.path("resources")),
                isAsDeclared("readiness") ? declared.readiness() : readiness(json.path("readiness")),
                isAsDeclared("placement") ? declared.placement() : placement(json.path("placement")),
                isAsDeclared("scaling") ? declared.scaling() : scaling(json.path("scaling")),
                isAsDeclared("update") ? declared.update() : update(json.path("update")),
                isAsDeclared("endpoint") ? declared.endpoint() : EndpointJson.read(json.path("endpoint")),
                json.path("protect").booleanValue(),
                declared.dependsOn(),
                declared.ignoreChanges(),
                declared.preconditions(),
                isAsDeclared(AllocationJson.SECTION) ? declared.allocation() : AllocationJson.read(json));
    }

    /// The declared service with the sections of an earlier edit that can be taken back.
    ///
    /// @throws IllegalArgumentException as [#read()]
    static ServiceSpec editOf(ServiceSpec declared, JsonNode asDeclared, StableVersion edit) {
        ObjectNode json = asDeclared.deepCopy();
        edit.specJson()
                .map(SpecJson::read)
                .ifPresentOrElse(
                        kept -> EDITED.forEach(section -> json.set(section, kept.path(section))),
                        () -> putReplica(json, SpecJson.read(edit.replicaJson()).deepCopy()));
        PriceLimitJson.keep(asDeclared, json);
        return new RecordedSpec(declared, asDeclared, json).read();
    }

    /// Of an edit from before its spec was kept: only its replica block is known, with its disk in it.
    private static void putReplica(ObjectNode json, ObjectNode replica) {
        JsonNode disk = replica.remove(SpecJson.DISK_GB);
        json.set("replica", replica);
        if (json.get("resources") instanceof ObjectNode resources) {
            if (disk == null) {
                resources.remove(SpecJson.DISK_GB);
            } else {
                resources.set(SpecJson.DISK_GB, disk);
            }
        }
    }

    private boolean isAsDeclared(String section) {
        return json.path(section).equals(asDeclared.path(section));
    }

    private ReplicaSpec replica(JsonNode node) {
        SequencedMap<String, EnvValue> env = new LinkedHashMap<>();
        JsonNode declaredEnv = asDeclared.path("replica").path("env");
        node.path("env").properties().forEach(entry -> {
            String name = entry.getKey();
            EnvValue known = declared.replica().env().get(name);
            env.put(
                    name,
                    known != null && entry.getValue().equals(declaredEnv.path(name))
                            ? known
                            : value(name, entry.getValue()));
        });
        return new ReplicaSpec(
                Optional.ofNullable(node.path("image").textValue()),
                texts(node.path("command")),
                node.path("port").intValue(),
                env,
                OptionalInt.empty(),
                AccessJson.read(node));
    }

    private static EnvValue value(String name, JsonNode value) {
        if (value.has("sensitive_sha256")) {
            throw new IllegalArgumentException(
                    "the recorded value of replica.env." + name + " is sensitive, and sensitive values are not kept");
        }
        return value.has("secret")
                ? new EnvValue.SecretReference(value.path("secret").textValue())
                : new EnvValue.Plain(value.path("value").textValue());
    }

    private static ResourcesSpec resources(JsonNode node) {
        return new ResourcesSpec(
                texts(node.path("accelerators")).stream()
                        .map(Accelerator::parse)
                        .toList(),
                texts(node.path("locations")).stream()
                        .map(LocationPattern::parse)
                        .toList(),
                node.path("min_vcpus").asInt(0),
                node.path("min_memory_gb").asInt(0),
                PriceLimitJson.read(node));
    }

    /// How the replicas of a recorded service are found ready.
    ///
    /// @param specJson the service as it is recorded
    public static ReadinessSpec readinessOf(String specJson) {
        return readiness(SpecJson.read(specJson).path("readiness"));
    }

    private static ReadinessSpec readiness(JsonNode node) {
        SequencedMap<String, String> headers = new LinkedHashMap<>();
        node.path("headers")
                .properties()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().textValue()));
        return new ReadinessSpec(
                node.path("path").textValue(),
                node.path("method").textValue(),
                Optional.ofNullable(node.path("body").textValue()),
                headers,
                node.has("status") ? OptionalInt.of(node.path("status").intValue()) : OptionalInt.empty(),
                node.path("https").booleanValue(),
                duration(node, "period"),
                duration(node, "timeout"),
                duration(node, "initial_delay"),
                duration(node, "failure_timeout"),
                node.path("success_threshold").intValue(),
                node.path("failure_threshold").intValue());
    }

    private static PlacementSpec placement(JsonNode node) {
        String policy = node.path("policy").asText();
        return switch (policy) {
            case "skyhedge" -> {
                PlacementSpec.Skyhedge usual = PlacementSpec.Skyhedge.DEFAULT;
                yield new PlacementSpec.Skyhedge(
                        node.path("spares").isInt()
                                ? OptionalInt.of(node.path("spares").intValue())
                                : OptionalInt.empty(),
                        node.path("availability").asDouble(usual.availability()),
                        node.path("outage_usd_per_minute").isNumber()
                                ? OptionalDouble.of(
                                        node.path("outage_usd_per_minute").doubleValue())
                                : OptionalDouble.empty(),
                        node.path("on_demand_fallback").asBoolean(usual.onDemandFallback()),
                        node.path("on_demand_base").asInt(usual.onDemandBase()));
            }
            case "spothedge" ->
                new PlacementSpec.SpotHedge(
                        PlacementSpec.SpotHedge.Rule.valueOf(
                                node.path("rule").asText("shipped").toUpperCase(Locale.ROOT)),
                        node.path("spares").asInt(PlacementSpec.SpotHedge.DEFAULT.spares()),
                        node.path("on_demand_fallback").asBoolean(PlacementSpec.SpotHedge.DEFAULT.onDemandFallback()),
                        node.path("on_demand_base").asInt(PlacementSpec.SpotHedge.DEFAULT.onDemandBase()));
            case "even_spread" -> new PlacementSpec.EvenSpread();
            case "round_robin" -> new PlacementSpec.RoundRobin();
            case "asg" -> new PlacementSpec.Asg();
            case "spot_only" -> new PlacementSpec.SpotOnly();
            case "on_demand" -> new PlacementSpec.OnDemand();
            default -> throw new IllegalArgumentException("the recorded placement \"" + policy + "\" cannot be kept");
        };
    }

    private static ScalingSpec scaling(JsonNode node) {
        return new ScalingSpec(
                node.path("min_replicas").intValue(),
                node.path("max_replicas").intValue(),
                target(node, "target_qps_per_replica"),
                target(node, "target_in_flight_per_replica"),
                duration(node, "window"),
                duration(node, "upscale_delay"),
                duration(node, "downscale_delay"));
    }

    private static OptionalDouble target(JsonNode node, String name) {
        return node.has(name) ? OptionalDouble.of(node.path(name).doubleValue()) : OptionalDouble.empty();
    }

    private static UpdateSpec update(JsonNode node) {
        return new UpdateSpec(
                UpdateSpec.Mode.valueOf(node.path("mode").asText().toUpperCase(Locale.ROOT)),
                node.path("surge").intValue(),
                node.has("min_healthy") ? duration(node, "min_healthy") : UpdateSpec.DEFAULT.minHealthy(),
                node.has("drain_timeout") ? duration(node, "drain_timeout") : UpdateSpec.DEFAULT.drainTimeout());
    }

    private static Duration duration(JsonNode node, String name) {
        return Duration.parse(node.path(name).asText());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
