package dev.skyhedge.specs.schema;

import static dev.skyhedge.specs.schema.AttributeDefinition.fallback;
import static dev.skyhedge.specs.schema.AttributeDefinition.optional;
import static dev.skyhedge.specs.schema.AttributeDefinition.required;
import static dev.skyhedge.specs.schema.BlockDefinition.block;

import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import dev.skyhedge.specs.values.Type;
import java.util.List;

/// How the replicas of a service are divided among accelerators.
final class AllocationSchema {
    static final String FIXED = "fixed";
    static final String MIXED = "mixed";
    static final String REPLICAS = "replicas";
    static final String PROFILE = "profile";
    static final String HEADROOM = "headroom";
    static final String AT_LEAST = "at_least";
    static final String AT_MOST = "at_most";
    static final String MAX_USD_PER_HOUR = "max_usd_per_hour";
    static final String WORKLOAD = "workload";
    static final String RATE = "rate";
    static final String LENGTHS = "lengths";

    /// The most headroom that makes sense.
    static final int MOST_HEADROOM = 10;

    private static final AttributeType COUNTS = AttributeType.counts(100_000);

    private static final BlockDefinition DECLARED = block(
            WORKLOAD,
            Occurrence.AT_MOST_ONCE,
            "The requests that a mix is made for (mixed).",
            List.of(
                    required(RATE, AttributeType.RATE, "4", "Requests per second, of all sizes together."),
                    required(
                            LENGTHS,
                            AttributeType.TEXT,
                            "file(\"lengths.csv\")",
                            "Sizes of requests as CSV text: input_tokens, output_tokens, and weight if lines do not"
                                    + " all stand for as many. Each counts as the next larger size of the profile, and"
                                    + " as the largest one if it is larger than all.")));

    static final BlockDefinition ALLOCATION = block(
                    "allocation",
                    Occurrence.AT_MOST_ONCE,
                    "How replicas are divided among accelerators. Without it, all permitted accelerators are alike, and"
                            + " each replica goes where it is cheapest or safest. With \"fixed\" each accelerator has its"
                            + " own number, and with \"mixed\" the number that makes the cheapest mix for a workload;"
                            + " each has spares and stand-ins of its own. It takes the place of scaling.",
                    List.of(
                            optional(
                                    REPLICAS,
                                    COUNTS,
                                    "{ \"L4:1\" = 4, \"A100-80GB:1\" = 1 }",
                                    "How many replicas on each accelerator. On others that resources permits there are"
                                            + " none. Must be given for fixed (fixed)."),
                            optional(
                                    PROFILE,
                                    AttributeType.TEXT,
                                    "file(\"profile.csv\")",
                                    "What one replica sustains within the service level, as CSV text: gpu, input_tokens,"
                                            + " output_tokens, max_requests_per_s. Sizes are upper bounds; 0 is what it"
                                            + " cannot serve. Other columns are left alone. Must be given for mixed"
                                            + " (mixed)."),
                            fallback(
                                    HEADROOM,
                                    new AttributeType(
                                            Type.NUMBER,
                                            new AttributeType.Constraint.None(),
                                            "number from 0 to " + MOST_HEADROOM),
                                    "0.1",
                                    "0.25",
                                    "Room beyond the rate of the workload, as a share of it (mixed)."),
                            optional(
                                    AT_LEAST,
                                    COUNTS,
                                    "{ \"L4:1\" = 1 }",
                                    "Replicas of an accelerator that there are in any case (mixed)."),
                            optional(
                                    AT_MOST,
                                    COUNTS,
                                    "{ \"H100:1\" = 2 }",
                                    "Replicas of an accelerator that there are at most (mixed)."),
                            optional(
                                    MAX_USD_PER_HOUR,
                                    AttributeType.RATE,
                                    "12.5",
                                    "What a mix may cost, in US dollars per hour at the prices that mixes are compared"
                                            + " at, without spares and stand-ins. If it is too little, as much of the"
                                            + " rate is served as it buys (mixed).")),
                    List.of(DECLARED))
            .labelled("kind", FIXED, MIXED);

    private AllocationSchema() {}
}
