package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.spi.Accelerator;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// An `allocation` block in the canonical JSON of a service. The default is left out, so that
/// services that do not say it stay as they are recorded.
final class AllocationJson {
    static final String SECTION = "allocation";
    private static final String FIXED = "fixed";
    private static final String MIXED = "mixed";
    private static final String MAX_USD_PER_HOUR = "max_usd_per_hour";

    private AllocationJson() {}

    static void put(ObjectNode service, AllocationSpec allocation) {
        switch (allocation) {
            case AllocationSpec.Any() -> {}
            case AllocationSpec.Fixed(SortedMap<Accelerator, Integer> replicas) -> {
                ObjectNode fixed = service.putObject(SECTION).putObject(FIXED);
                replicas.forEach((accelerator, number) -> fixed.put(accelerator.toString(), number));
            }
            case AllocationSpec.Mixed mixed ->
                put(mixed, service.putObject(SECTION).putObject(MIXED));
        }
    }

    static AllocationSpec read(JsonNode service) {
        JsonNode section = service.path(SECTION);
        if (section.has(MIXED)) {
            return readMixed(section.path(MIXED));
        }
        return section.has(FIXED) ? new AllocationSpec.Fixed(counts(section.path(FIXED))) : AllocationSpec.DEFAULT;
    }

    private static void put(AllocationSpec.Mixed mixed, ObjectNode node) {
        node.put("rate", mixed.requestsPerSecond());
        node.put("headroom", mixed.headroom());
        mixed.maxUsdPerHour().ifPresent(usd -> node.put(MAX_USD_PER_HOUR, usd));
        ObjectNode atLeast = node.putObject("at_least");
        mixed.atLeast().forEach((accelerator, number) -> atLeast.put(accelerator.toString(), number));
        ObjectNode atMost = node.putObject("at_most");
        mixed.atMost().forEach((accelerator, number) -> atMost.put(accelerator.toString(), number));
        putSizes(mixed.shares(), node.putObject("shares"));
        ObjectNode maxRates = node.putObject("max_rates");
        mixed.maxRates().forEach((accelerator, rates) -> putSizes(rates, maxRates.putObject(accelerator.toString())));
    }

    private static void putSizes(SortedMap<RequestSize, Double> numbers, ObjectNode node) {
        numbers.forEach((size, number) -> node.put(size.toString(), number));
    }

    private static AllocationSpec.Mixed readMixed(JsonNode node) {
        SortedMap<Accelerator, SortedMap<RequestSize, Double>> maxRates = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path("max_rates").properties()) {
            maxRates.put(Accelerator.parse(entry.getKey()), sizes(entry.getValue()));
        }
        return new AllocationSpec.Mixed(
                maxRates,
                sizes(node.path("shares")),
                node.path("rate").doubleValue(),
                node.path("headroom").doubleValue(),
                counts(node.path("at_least")),
                counts(node.path("at_most")),
                node.has(MAX_USD_PER_HOUR)
                        ? OptionalDouble.of(node.path(MAX_USD_PER_HOUR).doubleValue())
                        : OptionalDouble.empty());
    }

    private static SortedMap<RequestSize, Double> sizes(JsonNode node) {
        SortedMap<RequestSize, Double> numbers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            numbers.put(RequestSize.parse(entry.getKey()), entry.getValue().doubleValue());
        }
        return numbers;
    }

    private static SortedMap<Accelerator, Integer> counts(JsonNode node) {
        SortedMap<Accelerator, Integer> counts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            counts.put(Accelerator.parse(entry.getKey()), entry.getValue().intValue());
        }
        return counts;
    }
}
