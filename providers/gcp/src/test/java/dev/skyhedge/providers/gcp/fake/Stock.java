package dev.skyhedge.providers.gcp.fake;

import dev.skyhedge.providers.cloud.fake.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What there is room for: instances of a machine type in a zone, cards of a project in a region. Guarded by the
/// cloud's lock.
final class Stock {
    private static final int UNLIMITED = 1_000_000;

    /// Metric of the cards of all regions.
    static final String ALL_REGIONS = "GPUS_ALL_REGIONS";

    /// What a project lists with a limit of 0 until it asks for more, wherever the cards are.
    static final SortedSet<String> ELSEWHERE = new TreeSet<>(List.of(
            "COMMITTED_NVIDIA_L4_GPUS",
            "NVIDIA_B200_GPUS",
            "NVIDIA_H100_GPUS",
            "NVIDIA_H100_MEGA_GPUS",
            "NVIDIA_K80_GPUS",
            "NVIDIA_L4_VWS_GPUS",
            "NVIDIA_P100_VWS_GPUS",
            "NVIDIA_T4_VWS_GPUS",
            "PREEMPTIBLE_NVIDIA_B200_GPUS",
            "PREEMPTIBLE_NVIDIA_H100_GPUS",
            "PREEMPTIBLE_NVIDIA_K80_GPUS",
            "PREEMPTIBLE_NVIDIA_L4_VWS_GPUS",
            "PREEMPTIBLE_NVIDIA_T4_VWS_GPUS"));

    private final FakeGeography geography;
    private final String project;
    private final Supplier<Stream<FakeInstance>> existing;
    private final Map<String, Integer> capacity = new TreeMap<>();
    private final Map<String, Integer> quota = new TreeMap<>();

    /// @param existing the instances that exist now
    Stock(FakeGeography geography, String project, Supplier<Stream<FakeInstance>> existing) {
        this.geography = geography;
        this.project = project;
        this.existing = existing;
    }

    void capacity(String zone, String machineType, boolean spot, int count) {
        capacity.put(pool(zone, machineType, spot), count);
    }

    void quota(String region, String metric, int limit) {
        quota.put(region + "/" + metric, limit);
    }

    int limitOf(String region, String metric) {
        return quota.getOrDefault(region + "/" + metric, ELSEWHERE.contains(metric) ? 0 : UNLIMITED);
    }

    int usageOf(String region, String metric) {
        return existing.get()
                .filter(one -> metric.equals(ALL_REGIONS)
                        || (FakeGeography.regionOf(one.zone).equals(region)
                                && metric(one).filter(metric::equals).isPresent()))
                .mapToInt(this::cards)
                .sum();
    }

    /// Why there is no room for it; empty if there is.
    Optional<Fault.OperationFails> shortage(FakeInstance wanted) {
        Optional<String> metric = metric(wanted);
        String region = FakeGeography.regionOf(wanted.zone);
        if (metric.isPresent()) {
            int inAll = limitOf("", ALL_REGIONS);
            if (usageOf("", ALL_REGIONS) + cards(wanted) > inAll) {
                return Optional.of(new Fault.OperationFails(
                        "QUOTA_EXCEEDED",
                        "Quota '" + ALL_REGIONS + "' exceeded.  Limit: " + inAll + ".0 globally.",
                        403));
            }
            int limit = limitOf(region, metric.get());
            if (usageOf(region, metric.get()) + cards(wanted) > limit) {
                return Optional.of(new Fault.OperationFails(
                        "QUOTA_EXCEEDED",
                        "Quota '" + metric.get() + "' exceeded.  Limit: " + limit + ".0 in region " + region + ".",
                        403));
            }
        }
        long used =
                existing.get().filter(one -> poolOf(one).equals(poolOf(wanted))).count();
        if (used >= capacity.getOrDefault(poolOf(wanted), UNLIMITED)) {
            return Optional.of(new Fault.OperationFails(
                    "ZONE_RESOURCE_POOL_EXHAUSTED",
                    "The zone 'projects/" + project + "/zones/" + wanted.zone
                            + "' does not have enough resources available to fulfill the request.  Try a different"
                            + " zone, or try again later.",
                    503));
        }
        return Optional.empty();
    }

    /// What the quota of a type of card is called.
    static String metric(String acceleratorType, boolean spot) {
        String card = acceleratorType
                .replace("nvidia-tesla-", "nvidia-")
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
        return (spot ? "PREEMPTIBLE_" : "") + card + "_GPUS";
    }

    private Optional<String> metric(FakeInstance instance) {
        Optional<String> type = instance.asked.getGuestAcceleratorsList().stream()
                .map(one -> FakeInstance.lastSegment(one.getAcceleratorType()))
                .findFirst()
                .or(() -> geography.machine(instance.machineType()).accelerator());
        String region = FakeGeography.regionOf(instance.zone);
        // Spot cards count against the quota of the others where the project has none for them.
        return type.map(name -> metric(name, instance.isSpot() && limitOf(region, metric(name, true)) > 0));
    }

    private static String pool(String zone, String machineType, boolean spot) {
        return zone + "/" + machineType + "/" + (spot ? "spot" : "standard");
    }

    private static String poolOf(FakeInstance instance) {
        return pool(instance.zone, instance.machineType(), instance.isSpot());
    }

    private int cards(FakeInstance instance) {
        return instance.asked.getGuestAcceleratorsList().stream()
                .mapToInt(one -> one.getAcceleratorCount())
                .findFirst()
                .orElseGet(() -> geography.machine(instance.machineType()).acceleratorCount());
    }
}
