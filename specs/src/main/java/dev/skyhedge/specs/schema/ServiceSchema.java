package dev.skyhedge.specs.schema;

import static dev.skyhedge.specs.schema.AttributeDefinition.fallback;
import static dev.skyhedge.specs.schema.AttributeDefinition.optional;
import static dev.skyhedge.specs.schema.AttributeDefinition.required;
import static dev.skyhedge.specs.schema.BlockDefinition.block;

import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import java.util.List;

/// The `service` block and all that is in it.
final class ServiceSchema {
    private static final int MOST = 100_000;
    /// What the clouds have in common as the size of one disk.
    private static final int LARGEST_DISK_GB = 16_384;

    private static final AttributeType COUNT = AttributeType.whole(0, MOST);

    static final BlockDefinition REPLICA = block(
            "replica",
            Occurrence.ONCE,
            "What each replica runs. A change of it makes a new version of the service.",
            List.of(
                    optional("image", AttributeType.TEXT, "\"vllm/vllm-openai:v0.10.2\"", "Container image."),
                    fallback(
                            "command",
                            AttributeType.STRINGS,
                            "[]",
                            "[\"--model\", var.model]",
                            "Program and arguments. May be left out if there is an image."),
                    required("port", AttributeType.PORT, "8000", "TCP port that the workload listens on."),
                    fallback(
                            "env",
                            AttributeType.ENVIRONMENT,
                            "{}",
                            "{ HF_TOKEN = secret(\"env:HF_TOKEN\") }",
                            "Environment variables, with names that a shell can export. Values may be sensitive, or secrets that"
                                    + " are read only at launch.")),
            List.of(AccessSchema.ACCESS));

    static final BlockDefinition RESOURCES = block(
            "resources",
            Occurrence.ONCE,
            "What a replica may run on.",
            List.of(
                    required(
                            "accelerators",
                            AttributeType.ACCELERATORS,
                            "[\"L4:1\", \"A100-80GB:1\"]",
                            "Any of these, as TYPE:COUNT. CPU:N stands for N cores without a GPU."),
                    required(
                            "locations",
                            AttributeType.LOCATIONS,
                            "[\"aws/us-east-1/*\", \"gcp/*/*\"]",
                            "Any of these, as cloud/region/zone. A segment may end in *."),
                    fallback(
                            "min_vcpus",
                            COUNT,
                            "0",
                            "8",
                            "Virtual processors that a machine has at least. Machines of unknown size are not rented then."),
                    fallback(
                            "min_memory_gb",
                            COUNT,
                            "0",
                            "32",
                            "Main memory that a machine has at least, in GB. Machines of unknown size are not rented then."),
                    optional(
                            "max_price",
                            AttributeType.RATE,
                            "2.50",
                            "What a replica may cost at most, in US dollars an hour: nothing dearer is rented, of spot and"
                                    + " of on-demand. What runs already stays when its price rises."),
                    optional(
                            "disk_gb",
                            AttributeType.whole(1, LARGEST_DISK_GB),
                            "500",
                            "Size of the disk of each replica, in GB: room for images, weights and caches. Otherwise what"
                                    + " disk_gb of the provider says. A change of it makes a new version of the service.")));

    static final BlockDefinition READINESS = block(
            "readiness",
            Occurrence.AT_MOST_ONCE,
            "How a replica is found ready: an HTTP request that it answers well.",
            List.of(
                    fallback("path", AttributeType.PATH, "\"/\"", "\"/health\"", "Path and query, starting with /."),
                    fallback(
                            "method",
                            AttributeType.oneOf("GET", "HEAD", "POST"),
                            "\"GET\"",
                            "\"POST\"",
                            "HTTP method."),
                    optional("body", AttributeType.STRING, "jsonencode({ prompt = \"hi\" })", "Request body."),
                    fallback(
                            "headers",
                            AttributeType.HEADERS,
                            "{}",
                            "{ Accept = \"application/json\" }",
                            "Extra request headers. Host is sent instead of the replica's address."),
                    optional(
                            "status",
                            AttributeType.whole(100, 599),
                            "204",
                            "The one status that means ready. Otherwise any 2xx does."),
                    fallback(
                            "https",
                            AttributeType.BOOL,
                            "false",
                            "true",
                            "Whether to ask by TLS. The certificate's name is not verified."),
                    fallback("period", AttributeType.DURATION, "\"5s\"", "\"10s\"", "Time between probes."),
                    fallback("timeout", AttributeType.DURATION, "\"3s\"", "\"1s\"", "Time for one probe."),
                    fallback(
                            "initial_delay",
                            AttributeType.DURATION,
                            "\"20m\"",
                            "\"30m\"",
                            "Time that a replica may take from launch until it is first ready."),
                    fallback(
                            "failure_timeout",
                            AttributeType.DURATION,
                            "\"3m\"",
                            "\"1m\"",
                            "Time that probes of a once ready replica may fail until it is replaced."),
                    fallback(
                            "success_threshold",
                            AttributeType.whole(1, 100),
                            "1",
                            "2",
                            "Consecutive good probes until ready."),
                    fallback(
                            "failure_threshold",
                            AttributeType.whole(1, 100),
                            "1",
                            "3",
                            "Consecutive bad probes until not ready.")));

    static final BlockDefinition PLACEMENT = block(
                    "placement",
                    Occurrence.AT_MOST_ONCE,
                    "How spot and on-demand, zones and spares are chosen. Without it, \"skyhedge\" with its defaults."
                            + " skyhedge weighs price against risk; spothedge is the policy of SkyServe; even_spread,"
                            + " round_robin, asg, spot_only and on_demand are simple policies to compare with.",
                    List.of(
                            optional(
                                    "spares",
                                    AttributeType.wholeOr("auto", 0, MOST),
                                    "2",
                                    "Spot replicas kept beyond the wanted number. Otherwise \"auto\" for skyhedge, as"
                                            + " many as the risk of the moment is worth, and 1 for spothedge."),
                            optional(
                                    "availability",
                                    AttributeType.RATE,
                                    "0.99",
                                    "How much shortages weigh against money, as the share of time below 1 that one has in"
                                            + " mind; otherwise 0.999. It is no promise: what is reached depends on the"
                                            + " market, and plan -forecast says what to expect (skyhedge)."),
                            optional(
                                    "outage_usd_per_minute",
                                    AttributeType.RATE,
                                    "2.5",
                                    "What a minute in which no replica is ready costs you, in US dollars. Otherwise an"
                                            + " outage weighs as many hours of a spot replica as was measured to be good"
                                            + " for most (skyhedge)."),
                            optional(
                                    "rule",
                                    AttributeType.oneOf("shipped", "artifact"),
                                    "\"artifact\"",
                                    "The form of the policy: as SkyServe ships it, the default, or as its paper was"
                                            + " evaluated (spothedge)."),
                            fallback(
                                    "on_demand_fallback",
                                    AttributeType.BOOL,
                                    "true",
                                    "false",
                                    "Whether on-demand replicas stand in for spot that is not ready (skyhedge,"
                                            + " spothedge)."),
                            fallback(
                                    "on_demand_base",
                                    COUNT,
                                    "0",
                                    "1",
                                    "Replicas that are always on-demand (skyhedge, spothedge).")))
            .labelled("policy", "skyhedge", "spothedge", "even_spread", "round_robin", "asg", "spot_only", "on_demand");

    static final BlockDefinition SCALING = block(
            "scaling",
            Occurrence.AT_MOST_ONCE,
            "How many replicas. Without it, one.",
            List.of(
                    fallback("min_replicas", COUNT, "1", "3", "At least this many; 0 for scale to zero."),
                    optional(
                            "max_replicas",
                            COUNT,
                            "12",
                            "At most this many wanted. Otherwise as many as min_replicas."),
                    optional(
                            "target_qps_per_replica",
                            AttributeType.RATE,
                            "2.5",
                            "Requests per second that one replica takes. Without this and target_in_flight_per_replica"
                                    + " the number is fixed at min_replicas."),
                    optional(
                            "target_in_flight_per_replica",
                            AttributeType.RATE,
                            "16",
                            "Requests in progress that one replica should have at most, waiting ones included. Beside"
                                    + " target_qps_per_replica the larger need decides."),
                    fallback(
                            "window",
                            AttributeType.DURATION,
                            "\"60s\"",
                            "\"30s\"",
                            "Time over which the request rate is measured."),
                    fallback(
                            "upscale_delay",
                            AttributeType.DURATION_OR_ZERO,
                            "\"5m\"",
                            "\"1m\"",
                            "How long more must be needed before more are wanted."),
                    fallback(
                            "downscale_delay",
                            AttributeType.DURATION_OR_ZERO,
                            "\"20m\"",
                            "\"10m\"",
                            "How long less must be needed before fewer are wanted.")));

    static final BlockDefinition UPDATE = block(
            "update",
            Occurrence.AT_MOST_ONCE,
            "How a change of the replica block is rolled out, and how replicas leave.",
            List.of(
                    fallback(
                            "mode",
                            AttributeType.oneOf("rolling", "blue_green"),
                            "\"rolling\"",
                            "\"blue_green\"",
                            "A few at a time, or a full new set before the old one goes."),
                    fallback(
                            "surge",
                            AttributeType.whole(1, 100_000),
                            "1",
                            "2",
                            "Replicas that a rolling update may run beyond the wanted number."),
                    fallback(
                            "min_healthy",
                            AttributeType.DURATION_OR_ZERO,
                            "\"10s\"",
                            "\"1m\"",
                            "Time that a new replica must stay healthy before it takes the place of an old one. One that"
                                    + " fails soon after counts against its version."),
                    fallback(
                            "drain_timeout",
                            AttributeType.DURATION_OR_ZERO,
                            "\"10m\"",
                            "\"1h\"",
                            "Time that requests in progress have to end when their replica leaves. The cloud may take"
                                    + " it earlier.")));

    static final BlockDefinition LIFECYCLE = block(
            "lifecycle",
            Occurrence.AT_MOST_ONCE,
            "How changes of the spec are taken.",
            List.of(optional(
                    "ignore_changes",
                    AttributeType.ATTRIBUTE_NAMES,
                    "[replica.image, scaling]",
                    "Blocks of the service, and attributes in them, that keep the value with which the service was"
                            + " first applied, or all.")));

    /// Blocks that a service may have or not: what may depend on a value.
    private static final String[] OPTIONAL = {"readiness", "placement", "scaling", "allocation", "update", "endpoint"};

    static final BlockDefinition DYNAMIC = block(
                    DynamicBlocks.TYPE,
                    Occurrence.ANY,
                    "Makes a block of the named type for each element of a collection; for one or none, of as many"
                            + " elements. There may be one block of each type in all.",
                    List.of(
                            required(
                                    "for_each",
                                    AttributeType.ANY,
                                    "var.public ? [8080] : []",
                                    "The collection. Its element is TYPE.value in the content, and its key, index or itself"
                                            + " TYPE.key."),
                            optional(
                                    "iterator",
                                    AttributeType.ADDRESS,
                                    "each_port",
                                    "Another name for the element than the type of the block."),
                            optional(
                                    "labels",
                                    AttributeType.STRINGS,
                                    "[\"spothedge\"]",
                                    "The labels of the block, if its type has any.")))
            .labelled("type", OPTIONAL)
            .with(block(DynamicBlocks.CONTENT, Occurrence.ONCE, "What is in each block.", List.of())
                    .opened());

    static final BlockDefinition SERVICE = block(
                    "service",
                    Occurrence.ANY,
                    "One model behind one endpoint.",
                    List.of(
                            optional(
                                    "count",
                                    AttributeType.whole(0, 10_000),
                                    "2",
                                    "How many services to make of this block; count.index numbers them."),
                            optional(
                                    "for_each",
                                    AttributeType.ANY,
                                    "toset([\"eu\", \"us\"])",
                                    "A map or a set of strings: one service for each, with each.key and each.value."),
                            optional(
                                    "depends_on",
                                    AttributeType.ADDRESSES,
                                    "[service.embed]",
                                    "Services that must be ready before this one is first launched, and that are ended after"
                                            + " it."),
                            optional(
                                    "replicas",
                                    COUNT,
                                    "3",
                                    "Short for a scaling block with a fixed number of replicas."),
                            fallback(
                                    "protect",
                                    AttributeType.BOOL,
                                    "false",
                                    "true",
                                    "Whether a plan refuses to remove the service.")))
            .labelled("name")
            .with(
                    REPLICA,
                    RESOURCES,
                    READINESS,
                    PLACEMENT,
                    SCALING,
                    AllocationSchema.ALLOCATION,
                    UPDATE,
                    EndpointSchema.ENDPOINT,
                    LIFECYCLE,
                    DYNAMIC,
                    SpecSchema.PRECONDITION);

    private ServiceSchema() {}
}
