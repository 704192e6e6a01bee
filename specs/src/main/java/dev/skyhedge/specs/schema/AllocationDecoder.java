package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.spi.Accelerator;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes an [AllocationSpec] of an `allocation` block.
final class AllocationDecoder {
    private final Decoded decoded;
    private final PlacementDecoder.Problems problems;

    AllocationDecoder(Decoded decoded, PlacementDecoder.Problems problems) {
        this.decoded = decoded;
        this.problems = problems;
    }

    /// @param service the block around it
    AllocationSpec allocation(Decoded service, ResourcesSpec resources) {
        if (service.block("scaling").isPresent() || service.value("replicas").isPresent()) {
            problems.error(
                    decoded.block().header(),
                    "Conflicting arguments",
                    "The allocation \"fixed\" says how many replicas there are on each accelerator. Remove "
                            + (service.block("scaling").isPresent() ? "the scaling block" : "\"replicas\"")
                            + ", or the allocation.");
        }
        SortedMap<Accelerator, Integer> replicas = new TreeMap<>();
        for (Map.Entry<String, Value> entry :
                decoded.entries(AllocationSchema.REPLICAS).entrySet()) {
            Accelerator accelerator = Accelerator.parse(entry.getKey());
            if (!resources.accelerators().contains(accelerator)) {
                wrong("resources do not permit " + accelerator + ", only "
                        + resources.accelerators().stream()
                                .map(Accelerator::toString)
                                .collect(Collectors.joining(", "))
                        + ". Add it to accelerators in resources, or remove it here.");
            }
            int number = entry.getValue().unmarked() instanceof Value.NumberValue(BigDecimal n) ? n.intValueExact() : 0;
            if (replicas.put(accelerator, number) != null) {
                wrong(accelerator + " is there twice. Keep one of the two.");
            }
        }
        return new AllocationSpec.Fixed(replicas);
    }

    private void wrong(String why) {
        SourceRange place = decoded.block()
                .body()
                .attribute(AllocationSchema.REPLICAS)
                .map(written -> written.expression().range())
                .orElse(decoded.block().header());
        problems.error(place, "Invalid value for argument", "Inappropriate value for \"replicas\": " + why);
    }
}
