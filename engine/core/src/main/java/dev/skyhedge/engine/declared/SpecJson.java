package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Sha256;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The canonical JSON of a service, as state and plans keep it. Sensitive values are in it as hashes and
/// secrets as references, so that a change is seen and nothing is told.
public final class SpecJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int VERSION_LENGTH = 12;
    private static final String DEPENDS_ON = "depends_on";
    private static final String IMPORTED = "imported";
    static final String DISK_GB = "disk_gb";
    private static final String DRAIN_TIMEOUT = "drain_timeout";

    private SpecJson() {}

    /// Identifies a replica block and its disk: equal ones have equal versions. 12 hexadecimal digits.
    public static String version(ReplicaSpec replica) {
        return Sha256.hex(of(replica)).substring(0, VERSION_LENGTH);
    }

    /// Identifies all services of a spec as they come out of files and values of variables. Hexadecimal.
    public static String digest(Spec spec) {
        String all =
                spec.services().values().stream().map(SpecJson::of).sorted().collect(Collectors.joining("\n"));
        return Sha256.hex(all);
    }

    /// The whole service.
    public static String of(ServiceSpec service) {
        return of(service, List.of());
    }

    /// The whole service.
    ///
    /// @param imported ids of instances that were taken over as its replicas
    public static String of(ServiceSpec service, List<String> imported) {
        ObjectNode node = NODES.objectNode();
        node.put("address", service.address());
        node.set("replica", replica(service.replica()));
        ObjectNode resources = node.putObject("resources");
        ArrayNode accelerators = resources.putArray("accelerators");
        service.resources().accelerators().forEach(one -> accelerators.add(one.toString()));
        ArrayNode locations = resources.putArray("locations");
        service.resources().locations().forEach(one -> locations.add(one.toString()));
        if (service.resources().hasMinimum()) {
            resources.put("min_vcpus", service.resources().minVcpus());
            resources.put("min_memory_gb", service.resources().minMemoryGb());
        }
        PriceLimitJson.put(resources, service.resources());
        putDisk(resources, service.replica());
        node.set("readiness", readiness(service.readiness()));
        node.set("placement", placement(service.placement()));
        node.set("scaling", scaling(service.scaling()));
        AllocationJson.put(node, service.allocation());
        node.set("update", update(service.update()));
        service.endpoint().ifPresent(endpoint -> EndpointJson.write(endpoint, node.putObject("endpoint")));
        node.put("protect", service.protect());
        putTexts(node, DEPENDS_ON, service.dependsOn());
        putTexts(node, IMPORTED, imported);
        return text(node);
    }

    /// The recorded service under another address.
    public static String withAddress(String json, String address) {
        ObjectNode node = NODES.objectNode();
        node.setAll((ObjectNode) read(json));
        node.put("address", address);
        return text(node);
    }

    /// Ids of the instances that a recorded service has taken over by `import` blocks.
    public static List<String> imported(String json) {
        return texts(json, IMPORTED);
    }

    /// How long requests in progress may take when a replica of a recorded service leaves.
    public static Duration drainTimeout(String json) {
        return json.contains("\"" + DRAIN_TIMEOUT + "\"")
                ? Duration.parse(read(json).path("update").path(DRAIN_TIMEOUT).asText())
                : UpdateSpec.DEFAULT.drainTimeout();
    }

    /// Names of the services that a recorded service depends on.
    public static List<String> dependsOn(String json) {
        return texts(json, DEPENDS_ON);
    }

    private static void putTexts(ObjectNode node, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = node.putArray(name);
            texts.forEach(array::add);
        }
    }

    private static List<String> texts(String json, String name) {
        return json.contains("\"" + name + "\"")
                ? StreamSupport.stream(read(json).path(name).spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : List.of();
    }

    /// @throws IllegalArgumentException if it is not JSON
    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a recorded service: " + json, e);
        }
    }

    /// Just the replica block and its disk.
    public static String of(ReplicaSpec replica) {
        ObjectNode node = replica(replica);
        putDisk(node, replica);
        return text(node);
    }

    /// The replica block of a recorded service, as [#of(ReplicaSpec)] writes it.
    public static String replicaJson(String specJson) {
        JsonNode service = read(specJson);
        ObjectNode node = service.path("replica").deepCopy();
        disk(service.path("resources")).ifPresent(gb -> node.put(DISK_GB, gb));
        return text(node);
    }

    /// The default is left out, so that the versions of services that do not say it stay as they are.
    private static void putDisk(ObjectNode node, ReplicaSpec replica) {
        replica.diskGb().ifPresent(gb -> node.put(DISK_GB, gb));
    }

    /// What was put there; empty for the provider's default.
    static OptionalInt disk(JsonNode node) {
        return node.has(DISK_GB) ? OptionalInt.of(node.path(DISK_GB).intValue()) : OptionalInt.empty();
    }

    /// How one gets into the replicas of a recorded service, or of a replica block by itself.
    ///
    /// @param json as [#of(ServiceSpec)] or [#of(ReplicaSpec)] writes it
    public static AccessSpec accessOf(String json) {
        if (!AccessJson.mayBeIn(json)) {
            return AccessSpec.OPEN;
        }
        JsonNode node = read(json);
        return AccessJson.read(node.has("replica") ? node.path("replica") : node);
    }

    /// Reads a replica block back, for a version that must be launched again after the spec has moved on. Empty
    /// if it had a sensitive value, which is not kept.
    public static Optional<ReplicaSpec> readReplica(String json) {
        try {
            var node = JSON.readTree(json);
            SequencedMap<String, EnvValue> env = new LinkedHashMap<>();
            for (var entry : node.path("env").properties()) {
                var value = entry.getValue();
                if (value.has("sensitive_sha256")) {
                    return Optional.empty();
                }
                env.put(
                        entry.getKey(),
                        value.has("secret")
                                ? new EnvValue.SecretReference(
                                        value.path("secret").asText())
                                : new EnvValue.Plain(value.path("value").asText()));
            }
            List<String> command = StreamSupport.stream(node.path("command").spliterator(), false)
                    .map(part -> part.asText())
                    .toList();
            return Optional.of(new ReplicaSpec(
                    Optional.ofNullable(node.path("image").textValue()),
                    command,
                    node.path("port").asInt(),
                    env,
                    disk(node),
                    AccessJson.read(node)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a replica block: " + json, e);
        }
    }

    private static ObjectNode replica(ReplicaSpec replica) {
        ObjectNode node = NODES.objectNode();
        replica.image().ifPresent(image -> node.put("image", image));
        ArrayNode command = node.putArray("command");
        replica.command().forEach(command::add);
        node.put("port", replica.port());
        ObjectNode env = node.putObject("env");
        replica.env().forEach((name, value) -> env.set(name, envValue(value)));
        AccessJson.put(node, replica.access());
        return node;
    }

    private static ObjectNode envValue(EnvValue value) {
        ObjectNode node = NODES.objectNode();
        return switch (value) {
            case EnvValue.Plain(String text) -> node.put("value", text);
            case EnvValue.Sensitive(String text) -> node.put("sensitive_sha256", Sha256.hex(text));
            case EnvValue.Hidden(String sha256) -> node.put("sensitive_sha256", sha256);
            case EnvValue.SecretReference(String reference) -> node.put("secret", reference);
        };
    }

    private static ObjectNode readiness(ReadinessSpec readiness) {
        ObjectNode node = NODES.objectNode();
        node.put("path", readiness.path());
        node.put("method", readiness.method());
        readiness.body().ifPresent(body -> node.put("body", body));
        ObjectNode headers = node.putObject("headers");
        readiness.headers().forEach(headers::put);
        readiness.status().ifPresent(status -> node.put("status", status));
        node.put("https", readiness.https());
        node.put("period", readiness.period().toString());
        node.put("timeout", readiness.timeout().toString());
        node.put("initial_delay", readiness.initialDelay().toString());
        node.put("failure_timeout", readiness.failureTimeout().toString());
        node.put("success_threshold", readiness.successThreshold());
        node.put("failure_threshold", readiness.failureThreshold());
        return node;
    }

    private static ObjectNode placement(PlacementSpec placement) {
        ObjectNode node = NODES.objectNode().put("policy", placement.policy());
        return switch (placement) {
            case PlacementSpec.Skyhedge(
                    OptionalInt spares,
                    double availability,
                    OptionalDouble outage,
                    boolean fallback,
                    int base) -> {
                spares.ifPresentOrElse(number -> node.put("spares", number), () -> node.put("spares", "auto"));
                // Absent where nothing is said, as it was before it could be said.
                outage.ifPresent(usd -> node.put("outage_usd_per_minute", usd));
                yield node.put("availability", availability)
                        .put("on_demand_fallback", fallback)
                        .put("on_demand_base", base);
            }
            case PlacementSpec.SpotHedge(var rule, int spares, boolean fallback, int base) -> {
                if (rule != PlacementSpec.SpotHedge.Rule.SHIPPED) {
                    node.put("rule", rule.name().toLowerCase(Locale.ROOT));
                }
                yield node.put("spares", spares)
                        .put("on_demand_fallback", fallback)
                        .put("on_demand_base", base);
            }
            case PlacementSpec.EvenSpread _,
                    PlacementSpec.RoundRobin _,
                    PlacementSpec.Asg _,
                    PlacementSpec.SpotOnly _,
                    PlacementSpec.OnDemand _ -> node;
        };
    }

    /// The default times are left out, so that services recorded before there were any stay as they are.
    private static ObjectNode update(UpdateSpec update) {
        ObjectNode node = NODES.objectNode()
                .put("mode", update.mode().name().toLowerCase(Locale.ROOT))
                .put("surge", update.surge());
        if (!update.minHealthy().equals(UpdateSpec.DEFAULT.minHealthy())) {
            node.put("min_healthy", update.minHealthy().toString());
        }
        if (!update.drainTimeout().equals(UpdateSpec.DEFAULT.drainTimeout())) {
            node.put(DRAIN_TIMEOUT, update.drainTimeout().toString());
        }
        return node;
    }

    private static ObjectNode scaling(ScalingSpec scaling) {
        ObjectNode node = NODES.objectNode();
        node.put("min_replicas", scaling.minReplicas());
        node.put("max_replicas", scaling.maxReplicas());
        scaling.targetQpsPerReplica().ifPresent(qps -> node.put("target_qps_per_replica", qps));
        scaling.targetInFlightPerReplica().ifPresent(most -> node.put("target_in_flight_per_replica", most));
        node.put("window", scaling.window().toString());
        node.put("upscale_delay", scaling.upscaleDelay().toString());
        node.put("downscale_delay", scaling.downscaleDelay().toString());
        return node;
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values can be written", e);
        }
    }
}
