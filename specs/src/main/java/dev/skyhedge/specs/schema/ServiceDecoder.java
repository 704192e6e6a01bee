package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.LocationPattern;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.Function;

/// Makes a [ServiceSpec] of a `service` block, or of one instance of it.
public final class ServiceDecoder {
    /// USD an hour that nothing costs: whoever would pay more pays any price.
    private static final BigDecimal ANY_PRICE = BigDecimal.valueOf(1_000_000);

    private final Body.Block block;
    private final Consumer<Diagnostic> sink;
    private boolean failed;

    private ServiceDecoder(Body.Block block, Consumer<Diagnostic> sink) {
        this.block = block;
        this.sink = sink;
    }

    /// Decodes the block with that name and address; empty if anything in it is wrong.
    public static Optional<ServiceSpec> decode(
            Body.Block block, String name, String address, Evaluator evaluator, Consumer<Diagnostic> sink) {
        return new BlockDecoder(evaluator, block.title(), sink)
                .decode(block, ServiceSchema.SERVICE, List.of("count", "for_each"))
                .flatMap(decoded -> new ServiceDecoder(block, sink).service(decoded, name, address));
    }

    /// Tells the sink what is wrong with the values of a block whose structure is wrong already.
    public static void check(Body.Block block, Evaluator evaluator, Consumer<Diagnostic> sink) {
        new BlockDecoder(evaluator, block.title(), sink)
                .decode(block, ServiceSchema.SERVICE, List.of("count", "for_each"));
    }

    private Optional<ServiceSpec> service(Decoded decoded, String name, String address) {
        Decoded resources = decoded.block("resources").orElseThrow();
        ReplicaSpec replica = replica(decoded.block("replica").orElseThrow())
                .onDisk(resources
                        .number("disk_gb")
                        .map(gb -> OptionalInt.of(gb.intValueExact()))
                        .orElse(OptionalInt.empty()));
        ResourcesSpec machines = resources(resources);
        AllocationSpec allocation = decoded.block("allocation")
                .map(written -> new AllocationDecoder(written, this::error).allocation(decoded, machines))
                .orElse(AllocationSpec.DEFAULT);
        ScalingSpec scaling = switch (allocation) {
            case AllocationSpec.Any _ -> scaling(decoded);
            case AllocationSpec.Fixed fixed -> ScalingSpec.fixed(fixed.total());
            case AllocationSpec.Mixed _ -> ScalingSpec.DEFAULT;
        };
        decoded.block("endpoint").ifPresent(endpoint -> {
            checkSession(endpoint);
            checkKeys(endpoint);
            checkSizes(endpoint, allocation);
        });
        PlacementSpec placement =
                decoded.block("placement").map(this::placement).orElse(PlacementSpec.DEFAULT);
        Optional<List<String>> ignored =
                IgnoredAttributes.of(block, diagnostic -> sink.accept(diagnostic.in(block.title())));
        decoded.block("readiness")
                .filter(written -> replica.access().tls() && written.truth("https"))
                .ifPresent(written -> error(
                        place(written, "https"),
                        "Conflicting arguments",
                        "With tls = true in access, TLS ends in front of the workload, which is asked by plain HTTP. Leave"
                                + " https out: probes use the TLS of access."));
        if (failed || ignored.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ServiceSpec(
                        name,
                        address,
                        replica,
                        machines,
                        decoded.block("readiness")
                                .map(ServiceDecoder::readiness)
                                .orElse(ReadinessSpec.DEFAULT),
                        placement,
                        scaling,
                        decoded.block("update").map(ServiceDecoder::update).orElse(UpdateSpec.DEFAULT),
                        decoded.block("endpoint").map(EndpointDecoder::decode),
                        decoded.truth("protect"))
                .with(allocation)
                .ignoring(ignored.get()));
    }

    private void checkSession(Decoded endpoint) {
        EndpointDecoder.uselessArgument(endpoint)
                .ifPresent(name -> error(
                        place(endpoint, name),
                        "Invalid combination of arguments",
                        name + " says nothing with policy \"" + endpoint.text("policy")
                                + "\". Set policy to \"session\" or \"strict_session\", or leave it out."));
    }

    private void checkSizes(Decoded endpoint, AllocationSpec allocation) {
        String policy = endpoint.text("policy");
        if (EndpointDecoder.policy(endpoint).goesBySize() && !(allocation instanceof AllocationSpec.Mixed)) {
            error(
                    place(endpoint, "policy"),
                    "Invalid combination of arguments",
                    "The policy \"" + policy + "\" goes by the sizes that the profile of an allocation \"mixed\""
                            + " tells apart. Add such an allocation, or take another policy.");
        }
    }

    private void checkKeys(Decoded endpoint) {
        EndpointDecoder.secondOfItsName(endpoint)
                .ifPresent(key -> error(
                        key.block().header(),
                        "Duplicate key block",
                        "Another key of this endpoint has the same name, under which usage is counted. Give each its"
                                + " own."));
        if (endpoint.blocks().getOrDefault(EndpointDecoder.KEY, List.of()).size() > EndpointDecoder.MOST_KEYS) {
            error(
                    endpoint.block().header(),
                    "Too many key blocks",
                    "An endpoint has at most " + EndpointDecoder.MOST_KEYS + " keys.");
        }
    }

    private ReplicaSpec replica(Decoded decoded) {
        Optional<String> image = decoded.optionalText("image");
        List<String> command = decoded.texts("command");
        if (image.isEmpty() && command.isEmpty()) {
            error(
                    decoded.block().header(),
                    "Missing required argument",
                    "A replica needs an image, a command, or both.");
        }
        SequencedMap<String, EnvValue> env = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry : environment(decoded).entrySet()) {
            env(decoded, entry.getKey(), entry.getValue()).ifPresent(value -> env.put(entry.getKey(), value));
        }
        ReplicaSpec replica = new ReplicaSpec(image, command, decoded.integer("port"), env);
        return decoded.block("access")
                .map(access -> replica.with(new AccessDecoder(access, this::error).access(replica)))
                .orElse(replica);
    }

    private SequencedMap<String, Value> environment(Decoded decoded) {
        Value value = decoded.value("env").orElseThrow();
        if (value.isMarked()) {
            error(
                    place(decoded, "env"),
                    "Invalid value for argument",
                    "\"env\" is sensitive as a whole, but names of variables are shown in plans. Write each name with"
                            + " its value: { HF_TOKEN = var.tokens.HF_TOKEN }. Or say that the names are no secret:"
                            + " { for name in nonsensitive(keys(var.tokens)) : name => var.tokens[name] }.");
            return new LinkedHashMap<>();
        }
        return entries(decoded, value);
    }

    private SequencedMap<String, Value> entries(Decoded decoded, Value value) {
        return switch (value) {
            case Value.MapValue map -> map.entries();
            case Value.ObjectValue object -> object.attributes();
            default -> {
                error(
                        place(decoded, "env"),
                        "Incorrect attribute value type",
                        "Inappropriate value for attribute \"env\": a map of strings and secrets is required.");
                yield new LinkedHashMap<>();
            }
        };
    }

    private Optional<EnvValue> env(Decoded decoded, String name, Value value) {
        boolean named = RequestParts.isVariableName(name);
        if (named && value instanceof Value.SecretValue(String reference)) {
            return Optional.of(new EnvValue.SecretReference(reference));
        }
        if (named
                && Conversion.of(value.unmarked(), Type.STRING)
                        instanceof Conversion.Done(Value.StringValue(String text), var ignored)) {
            return Optional.of(value.isMarked() ? new EnvValue.Sensitive(text) : new EnvValue.Plain(text));
        }
        error(
                place(decoded, "env"),
                "Incorrect attribute value type",
                "Inappropriate value for attribute \"env\": "
                        + (named
                                ? "the value of \"" + name + "\" must be a string, a number, a bool or a secret"
                                : "\"" + name + "\" is no name that a shell can export: letters, digits and _, and no"
                                        + " digit first")
                        + ".");
        return Optional.empty();
    }

    private static ResourcesSpec resources(Decoded decoded) {
        return new ResourcesSpec(
                distinct(decoded.texts("accelerators"), Accelerator::parse),
                distinct(decoded.texts("locations"), LocationPattern::parse),
                decoded.integer("min_vcpus"),
                decoded.integer("min_memory_gb"),
                decoded.number("max_price").map(usd -> HourlyPrice.ofUsd(usd.min(ANY_PRICE))));
    }

    /// Each the first time. Most lists have one element, which is distinct as it is.
    private static <T> List<T> distinct(List<String> texts, Function<String, T> parse) {
        if (texts.size() == 1) {
            return List.of(parse.apply(texts.getFirst()));
        }
        SequencedSet<T> distinct = new LinkedHashSet<>();
        for (String text : texts) {
            distinct.add(parse.apply(text));
        }
        return List.copyOf(distinct);
    }

    private static ReadinessSpec readiness(Decoded decoded) {
        SequencedMap<String, String> headers = new LinkedHashMap<>();
        decoded.entries("headers").forEach((name, value) -> {
            if (value instanceof Value.StringValue(String text)) {
                headers.put(name, text);
            }
        });
        OptionalInt status = decoded.number("status")
                .map(n -> OptionalInt.of(n.intValueExact()))
                .orElse(OptionalInt.empty());
        return new ReadinessSpec(
                decoded.text("path"),
                decoded.text("method"),
                decoded.optionalText("body"),
                headers,
                status,
                decoded.truth("https"),
                decoded.duration("period"),
                decoded.duration("timeout"),
                decoded.duration("initial_delay"),
                decoded.duration("failure_timeout"),
                decoded.integer("success_threshold"),
                decoded.integer("failure_threshold"));
    }

    private PlacementSpec placement(Decoded decoded) {
        return new PlacementDecoder(decoded, this::error).placement();
    }

    private ScalingSpec scaling(Decoded decoded) {
        Optional<Decoded> written = decoded.block("scaling");
        if (decoded.value("replicas").isPresent()) {
            written.ifPresent(scaling -> error(
                    place(decoded, "replicas"),
                    "Conflicting arguments",
                    "\"replicas\" is short for a scaling block, and there is one at "
                            + scaling.block().header().place() + ". Keep one of the two."));
            return ScalingSpec.fixed(decoded.integer("replicas"));
        }
        return written.map(this::scalingBlock).orElse(ScalingSpec.DEFAULT);
    }

    private ScalingSpec scalingBlock(Decoded decoded) {
        int least = decoded.integer("min_replicas");
        int most = decoded.number("max_replicas").map(n -> n.intValueExact()).orElse(least);
        if (most < least) {
            error(
                    place(decoded, "max_replicas"),
                    "Invalid value for argument",
                    "max_replicas is " + most + ", but min_replicas is " + least
                            + ": the most must not be fewer than the least.");
            return ScalingSpec.DEFAULT;
        }
        return new ScalingSpec(
                least,
                most,
                target(decoded, "target_qps_per_replica"),
                target(decoded, "target_in_flight_per_replica"),
                decoded.duration("window"),
                decoded.duration("upscale_delay"),
                decoded.duration("downscale_delay"));
    }

    private static OptionalDouble target(Decoded decoded, String name) {
        return decoded.number(name).map(n -> OptionalDouble.of(n.doubleValue())).orElse(OptionalDouble.empty());
    }

    private static UpdateSpec update(Decoded decoded) {
        UpdateSpec.Mode mode =
                decoded.text("mode").equals("rolling") ? UpdateSpec.Mode.ROLLING : UpdateSpec.Mode.BLUE_GREEN;
        return new UpdateSpec(
                mode, decoded.integer("surge"), decoded.duration("min_healthy"), decoded.duration("drain_timeout"));
    }

    private static SourceRange place(Decoded decoded, String attribute) {
        return decoded.block()
                .body()
                .attribute(attribute)
                .map(a -> a.expression().range())
                .orElse(decoded.block().header());
    }

    private void error(SourceRange range, String summary, String detail) {
        failed = true;
        sink.accept(Diagnostic.error(range, summary, detail).in(block.title()));
    }
}
