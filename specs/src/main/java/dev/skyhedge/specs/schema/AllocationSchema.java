package dev.skyhedge.specs.schema;

import static dev.skyhedge.specs.schema.AttributeDefinition.required;
import static dev.skyhedge.specs.schema.BlockDefinition.block;

import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import java.util.List;

/// How the replicas of a service are divided among accelerators.
final class AllocationSchema {
    static final String FIXED = "fixed";
    static final String REPLICAS = "replicas";

    static final BlockDefinition ALLOCATION = block(
                    "allocation",
                    Occurrence.AT_MOST_ONCE,
                    "How replicas are divided among accelerators. Without it, all permitted accelerators are alike, and"
                            + " each replica goes where it is cheapest or safest. With \"fixed\" each accelerator has its"
                            + " own number, and spares and stand-ins of its own; it takes the place of scaling.",
                    List.of(required(
                            REPLICAS,
                            AttributeType.counts(100_000),
                            "{ \"L4:1\" = 4, \"A100-80GB:1\" = 1 }",
                            "How many replicas on each accelerator. On others that resources permits there are none"
                                    + " (fixed).")))
            .labelled("kind", FIXED);

    private AllocationSchema() {}
}
