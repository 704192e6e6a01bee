package dev.skyhedge.providers.azure.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Which sizes are sold where.
///
/// @param regions zones by region; none for a region without zones
/// @param sizes by name
public record FakeGeography(Map<String, List<String>> regions, Map<String, Size> sizes) {
    /// A size.
    ///
    /// @param family what its quota is called
    /// @param cores how many it has
    /// @param spot whether it is sold on spot
    /// @param zones where in a region with zones it is; the rest is restricted
    public record Size(String family, int cores, boolean spot, List<String> zones) {}

    /// Two regions with zones and one without.
    public static FakeGeography small() {
        Map<String, List<String>> regions = new TreeMap<>();
        regions.put("eastus", List.of("1", "2", "3"));
        regions.put("westeurope", List.of("1", "2", "3"));
        regions.put("westus", List.of());
        Map<String, Size> sizes = new TreeMap<>();
        sizes.put("Standard_NC4as_T4_v3", new Size("StandardNCASv3_T4Family", 4, true, List.of("1", "2")));
        sizes.put("Standard_NC24ads_A100_v4", new Size("standardNCADSA100v4Family", 24, true, List.of("1")));
        sizes.put("Standard_NC6s_v3", new Size("standardNCSv3Family", 6, false, List.of("1", "2", "3")));
        sizes.put("Standard_NV36ads_A10_v5", new Size("StandardNVADSA10v5Family", 36, false, List.of("1", "2", "3")));
        return new FakeGeography(regions, sizes);
    }

    Size size(String name) {
        return Objects.requireNonNull(sizes.get(name), name);
    }

    /// The reply of `skus` for a region.
    List<Object> skus(String region) {
        List<Object> skus = new ArrayList<>();
        skus.add(Json.object("resourceType", "disks", "name", "Premium_LRS", "locations", List.of(region)));
        List<String> zones = regions.getOrDefault(region, List.of());
        sizes.forEach((name, size) -> {
            List<String> closed =
                    zones.stream().filter(zone -> !size.zones().contains(zone)).toList();
            List<Object> restrictions = closed.isEmpty()
                    ? List.of()
                    : List.of(Json.object(
                            "type",
                            "Zone",
                            "values",
                            List.of(region),
                            "restrictionInfo",
                            Json.object("locations", List.of(region), "zones", closed),
                            "reasonCode",
                            "NotAvailableForSubscription"));
            skus.add(Json.object(
                    "resourceType",
                    "virtualMachines",
                    "name",
                    name,
                    "tier",
                    "Standard",
                    "size",
                    name.substring("Standard_".length()),
                    "family",
                    size.family(),
                    "locations",
                    List.of(region),
                    "locationInfo",
                    List.of(Json.object("location", region, "zones", zones)),
                    "capabilities",
                    List.of(
                            Json.object("name", "vCPUs", "value", String.valueOf(size.cores())),
                            Json.object("name", "LowPriorityCapable", "value", size.spot() ? "True" : "False")),
                    "restrictions",
                    restrictions));
        });
        return skus;
    }
}
