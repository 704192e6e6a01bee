package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.spi.Accelerator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes an [AllocationSpec] of an `allocation` block.
final class AllocationDecoder {
    private static final List<String> OF_MIXED = List.of(
            AllocationSchema.PROFILE,
            AllocationSchema.HEADROOM,
            AllocationSchema.AT_LEAST,
            AllocationSchema.AT_MOST,
            AllocationSchema.MAX_USD_PER_HOUR);

    private final Decoded decoded;
    private final PlacementDecoder.Problems problems;

    AllocationDecoder(Decoded decoded, PlacementDecoder.Problems problems) {
        this.decoded = decoded;
        this.problems = problems;
    }

    /// @param service the block around it
    AllocationSpec allocation(Decoded service, ResourcesSpec resources) {
        boolean mixed = decoded.block().labels().getFirst().text().equals(AllocationSchema.MIXED);
        if (service.block("scaling").isPresent() || service.value("replicas").isPresent()) {
            problems.error(
                    decoded.block().header(),
                    "Conflicting arguments",
                    (mixed
                                    ? "The allocation \"mixed\" computes how many replicas there are on each accelerator."
                                    : "The allocation \"fixed\" says how many replicas there are on each accelerator.")
                            + " Remove "
                            + (service.block("scaling").isPresent() ? "the scaling block" : "\"replicas\"")
                            + ", or the allocation.");
        }
        refuse(mixed ? "mixed" : "fixed", mixed ? List.of(AllocationSchema.REPLICAS) : OF_MIXED);
        if (!mixed) {
            decoded.block(AllocationSchema.WORKLOAD)
                    .ifPresent(workload -> problems.error(
                            workload.block().header(),
                            "Unsupported block",
                            "The allocation \"fixed\" follows no workload. Remove the block."));
            need(AllocationSchema.REPLICAS, "fixed");
            return new AllocationSpec.Fixed(counts(AllocationSchema.REPLICAS, resources));
        }
        need(AllocationSchema.PROFILE, "mixed");
        return new MixedAllocationDecoder(decoded, problems, resources)
                .mixed(counts(AllocationSchema.AT_LEAST, resources), counts(AllocationSchema.AT_MOST, resources));
    }

    private void refuse(String kind, List<String> ofOthers) {
        for (String attribute : ofOthers) {
            if (decoded.given().containsKey(attribute)) {
                problems.error(
                        place(decoded, attribute),
                        "Unsupported argument",
                        "The allocation \"" + kind + "\" has no \"" + attribute + "\".");
            }
        }
    }

    private void need(String attribute, String kind) {
        if (decoded.value(attribute).isEmpty()) {
            problems.error(
                    decoded.block().header(),
                    "Missing required argument",
                    "The argument \"" + attribute + "\" is required by the allocation \"" + kind
                            + "\", but was not set.");
        }
    }

    private SortedMap<Accelerator, Integer> counts(String attribute, ResourcesSpec resources) {
        SortedMap<Accelerator, Integer> counts = new TreeMap<>();
        if (decoded.value(attribute).isEmpty()) {
            return counts;
        }
        for (Map.Entry<String, Value> entry : decoded.entries(attribute).entrySet()) {
            Accelerator accelerator = Accelerator.parse(entry.getKey());
            if (!resources.accelerators().contains(accelerator)) {
                wrong(
                        attribute,
                        "resources do not permit " + accelerator + ", only "
                                + listed(resources.accelerators().stream())
                                + ". Add it to accelerators in resources, or remove it here.");
            }
            int number = entry.getValue().unmarked() instanceof Value.NumberValue(BigDecimal n) ? n.intValueExact() : 0;
            if (counts.put(accelerator, number) != null) {
                wrong(attribute, accelerator + " is there twice. Keep one of the two.");
            }
        }
        return counts;
    }

    static String listed(Stream<?> all) {
        return all.map(Object::toString).collect(Collectors.joining(", "));
    }

    private void wrong(String attribute, String why) {
        problems.error(
                place(decoded, attribute),
                "Invalid value for argument",
                "Inappropriate value for \"" + attribute + "\": " + why);
    }

    static SourceRange place(Decoded block, String attribute) {
        return block.block()
                .body()
                .attribute(attribute)
                .map(written -> written.expression().range())
                .orElse(block.block().header());
    }
}
