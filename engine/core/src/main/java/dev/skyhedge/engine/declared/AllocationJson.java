package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.spi.Accelerator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// An `allocation` block in the canonical JSON of a service. The default is left out, so that services that do not say
/// it stay as they are recorded.
final class AllocationJson {
    static final String SECTION = "allocation";
    private static final String FIXED = "fixed";

    private AllocationJson() {}

    static void put(ObjectNode service, AllocationSpec allocation) {
        switch (allocation) {
            case AllocationSpec.Any() -> {}
            case AllocationSpec.Fixed(SortedMap<Accelerator, Integer> replicas) -> {
                ObjectNode fixed = service.putObject(SECTION).putObject(FIXED);
                replicas.forEach((accelerator, number) -> fixed.put(accelerator.toString(), number));
            }
        }
    }

    static AllocationSpec read(JsonNode service) {
        JsonNode section = service.path(SECTION);
        if (!section.has(FIXED)) {
            return AllocationSpec.DEFAULT;
        }
        SortedMap<Accelerator, Integer> replicas = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : section.path(FIXED).properties()) {
            replicas.put(Accelerator.parse(entry.getKey()), entry.getValue().intValue());
        }
        return new AllocationSpec.Fixed(replicas);
    }
}
