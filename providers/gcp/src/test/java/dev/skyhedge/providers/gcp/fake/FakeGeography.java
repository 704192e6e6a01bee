package dev.skyhedge.providers.gcp.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Which zones there are and what is built there.
///
/// @param accelerators accelerator types by zone, with the most cards that an instance may have
/// @param machines machine types by name; every zone has those whose accelerator it has
public record FakeGeography(SequencedMap<String, Map<String, Integer>> accelerators, Map<String, Machine> machines) {
    /// A machine type.
    ///
    /// @param accelerator built-in accelerator type; empty for none
    public record Machine(int cpus, int memoryMb, Optional<String> accelerator, int acceleratorCount) {}

    /// Two regions with three zones in all: T4 and L4 in both, A100 in one zone.
    public static FakeGeography small() {
        SequencedMap<String, Map<String, Integer>> zones = new LinkedHashMap<>();
        zones.put("us-central1-a", Map.of("nvidia-tesla-t4", 4, "nvidia-l4", 8, "nvidia-tesla-a100", 16));
        zones.put("us-central1-b", Map.of("nvidia-tesla-t4", 4, "nvidia-l4", 8));
        zones.put("europe-west4-b", Map.of("nvidia-tesla-t4", 4, "nvidia-l4", 8));
        return new FakeGeography(zones, machineTypes());
    }

    /// Many zones that all have L4.
    public static FakeGeography wide(int regions) {
        SequencedMap<String, Map<String, Integer>> zones = new LinkedHashMap<>();
        for (int region = 1; region <= regions; region++) {
            for (String zone : List.of("a", "b", "c")) {
                zones.put("us-test" + region + "-" + zone, Map.of("nvidia-l4", 8));
            }
        }
        return new FakeGeography(zones, machineTypes());
    }

    private static Map<String, Machine> machineTypes() {
        Map<String, Machine> machines = new TreeMap<>();
        machines.put("e2-standard-4", new Machine(4, 16_384, Optional.empty(), 0));
        machines.put("e2-standard-8", new Machine(8, 32_768, Optional.empty(), 0));
        machines.put("n1-standard-4", new Machine(4, 15_360, Optional.empty(), 0));
        machines.put("n1-standard-8", new Machine(8, 30_720, Optional.empty(), 0));
        machines.put("n1-highmem-8", new Machine(8, 53_248, Optional.empty(), 0));
        machines.put("g2-standard-4", new Machine(4, 16_384, Optional.of("nvidia-l4"), 1));
        machines.put("g2-standard-8", new Machine(8, 32_768, Optional.of("nvidia-l4"), 1));
        machines.put("g2-standard-24", new Machine(24, 98_304, Optional.of("nvidia-l4"), 2));
        machines.put("a2-highgpu-1g", new Machine(12, 87_040, Optional.of("nvidia-tesla-a100"), 1));
        return machines;
    }

    static String regionOf(String zone) {
        return zone.substring(0, zone.lastIndexOf('-'));
    }

    List<String> regions() {
        return accelerators.keySet().stream()
                .map(FakeGeography::regionOf)
                .distinct()
                .toList();
    }

    List<String> zonesOf(String region) {
        return accelerators.keySet().stream()
                .filter(zone -> regionOf(zone).equals(region))
                .toList();
    }

    /// The machine type of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    Machine machine(String type) {
        Machine machine = machines.get(type);
        if (machine == null) {
            throw new IllegalArgumentException("No machine type " + type);
        }
        return machine;
    }

    /// Accelerator types of a zone with the most cards of each that an instance may have.
    Map<String, Integer> acceleratorsIn(String zone) {
        return accelerators.getOrDefault(zone, Map.of());
    }

    boolean hasMachine(String zone, String type) {
        Machine machine = machines.get(type);
        return machine != null
                && machine.accelerator()
                        .map(accelerator ->
                                accelerators.getOrDefault(zone, Map.of()).containsKey(accelerator))
                        .orElse(true);
    }
}
