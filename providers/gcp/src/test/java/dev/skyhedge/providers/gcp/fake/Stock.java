package dev.skyhedge.providers.gcp.fake;

import dev.skyhedge.providers.cloud.fake.Fault;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What there is room for: instances of a machine type in a zone, cards of a project in a region. Guarded by the
/// cloud's lock.
final class Stock {
    private static final int UNLIMITED = 1_000_000;

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
        return quota.getOrDefault(region + "/" + metric, UNLIMITED);
    }

    int usageOf(String region, String metric) {
        return existing.get()
                .filter(one -> FakeGeography.regionOf(one.zone).equals(region))
                .filter(one -> metric(one).filter(metric::equals).isPresent())
                .mapToInt(this::cards)
                .sum();
    }

    /// Why there is no room for it; empty if there is.
    Optional<Fault.OperationFails> shortage(FakeInstance wanted) {
        Optional<String> metric = metric(wanted);
        String region = FakeGeography.regionOf(wanted.zone);
        if (metric.isPresent()) {
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
        return type.map(name -> metric(name, instance.isSpot()));
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
