package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What there is room for: machines of a size in a zone, cores of a subscription in a region. Guarded by the
/// cloud's lock.
final class Stock {
    private static final int UNLIMITED = 1_000_000;

    private final FakeGeography geography;
    private final Supplier<Stream<FakeMachine>> existing;
    private final Map<String, Integer> capacity = new TreeMap<>();
    private final Map<String, Integer> quota = new TreeMap<>();

    /// @param existing the machines that exist now, failed ones too
    Stock(FakeGeography geography, Supplier<Stream<FakeMachine>> existing) {
        this.geography = geography;
        this.existing = existing;
    }

    void capacity(String region, String zone, String size, boolean spot, int count) {
        capacity.put(pool(region, zone, size, spot), count);
    }

    void quota(String region, String name, int cores) {
        quota.put(region + "/" + name, cores);
    }

    /// What is refused at once for want of room: anything above a quota, and a spot machine too many.
    ///
    /// @throws Refusal if there is none
    void requireRoom(String name, Map<String, Object> asked) {
        String region = Json.text(asked, "location");
        String size = Json.text(asked, "properties", "hardwareProfile", "vmSize");
        String zone = Json.text(asked, "zones", 0);
        boolean spot = Json.text(asked, "properties", "priority").equals("Spot");
        requireQuota(region, size, spot);
        if (spot && isFull(asked)) {
            throw new Refusal(
                    409,
                    "SkuNotAvailable",
                    "The requested size for resource '" + name + "' is currently not available in location '" + region
                            + "' zones '" + zone + "' for subscription.");
        }
    }

    /// How the creation of a machine too many fails that was accepted; empty if there is room.
    Optional<Refusal> shortage(Map<String, Object> asked) {
        return isFull(asked)
                ? Optional.of(
                        new Refusal(
                                200,
                                "ZonalAllocationFailed",
                                "Allocation failed. We do not have sufficient capacity for the requested VM size in this zone."))
                : Optional.empty();
    }

    List<Object> usages(String region) {
        Set<String> names = new TreeSet<>(List.of("cores", "lowPriorityCores"));
        geography.sizes().values().forEach(size -> names.add(size.family()));
        List<Object> usages = new ArrayList<>();
        for (String name : names) {
            usages.add(Json.object(
                    "limit",
                    quota.getOrDefault(region + "/" + name, UNLIMITED),
                    "unit",
                    "Count",
                    "currentValue",
                    used(region, name),
                    "name",
                    Json.object("value", name, "localizedValue", name)));
        }
        return usages;
    }

    private void requireQuota(String region, String size, boolean spot) {
        FakeGeography.Size wanted = geography.size(size);
        String name = spot ? "lowPriorityCores" : wanted.family();
        int limit = quota.getOrDefault(region + "/" + name, UNLIMITED);
        int used = used(region, name);
        if (used + wanted.cores() > limit) {
            throw new Refusal(
                    409,
                    "OperationNotAllowed",
                    "Operation could not be completed as it results in exceeding approved "
                            + (spot ? "LowPriorityCores" : name + " Cores") + " quota. Additional details - Location: "
                            + region + ", Current Limit: " + limit + ", Current Usage: " + used
                            + ", Additional Required: " + wanted.cores() + ".");
        }
    }

    private int used(String region, String name) {
        return existing.get()
                .filter(one -> one.region().equals(region))
                .filter(one -> switch (name) {
                    case "lowPriorityCores" -> one.isSpot();
                    case "cores" -> !one.isSpot();
                    default ->
                        !one.isSpot() && geography.size(one.size()).family().equals(name);
                })
                .mapToInt(one -> geography.size(one.size()).cores())
                .sum();
    }

    private boolean isFull(Map<String, Object> asked) {
        String pool = pool(
                Json.text(asked, "location"),
                Json.text(asked, "zones", 0),
                Json.text(asked, "properties", "hardwareProfile", "vmSize"),
                Json.text(asked, "properties", "priority").equals("Spot"));
        long used = existing.get()
                .filter(one -> one.failure.isEmpty())
                .filter(one ->
                        pool(one.region(), one.zone(), one.size(), one.isSpot()).equals(pool))
                .count();
        return used >= capacity.getOrDefault(pool, UNLIMITED);
    }

    private static String pool(String region, String zone, String size, boolean spot) {
        return region + "/" + zone + "/" + size + "/" + (spot ? "spot" : "regular");
    }
}
