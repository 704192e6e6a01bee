package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.models.ResourceSkuCapabilities;
import com.azure.resourcemanager.compute.models.ResourceSkuLocationInfo;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictions;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictionsType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The sizes of machines that a subscription may have in a region.
///
/// @param sizes by their name in Azure
record Sizes(SortedMap<String, Size> sizes) {
    /// Of a cloud that does not tell.
    static final Sizes UNKNOWN = new Sizes(new TreeMap<>());

    private static final String MACHINES = "virtualMachines";
    private static final String SPOT = "LowPriorityCapable";

    /// A size.
    ///
    /// @param family what quotas call it; empty if that is not told
    /// @param zones where it is; [AzureNames#REGIONAL] alone where there are none
    /// @param spot whether it is sold on spot
    record Size(String family, SortedSet<String> zones, boolean spot) {}

    /// Reads what is told of a region.
    static Sizes of(String region, List<ResourceSkuInner> told) {
        SortedMap<String, Size> sizes = new TreeMap<>();
        for (ResourceSkuInner sku : told) {
            boolean here = sku.locations() == null
                    || sku.locations().stream()
                            .filter(Objects::nonNull)
                            .anyMatch(place -> AzureNames.region(place).equals(region));
            if (sku.name() != null && MACHINES.equals(sku.resourceType()) && here) {
                zones(region, sku)
                        .ifPresent(zones -> sizes.put(
                                sku.name(), new Size(sku.family() == null ? "" : sku.family(), zones, isSpot(sku))));
            }
        }
        return new Sizes(sizes);
    }

    Optional<Size> size(String name) {
        return Optional.ofNullable(sizes.get(name));
    }

    /// Where this subscription may have the size; empty if nowhere in the region.
    private static Optional<SortedSet<String>> zones(String region, ResourceSkuInner sku) {
        SortedSet<String> zones = new TreeSet<>();
        if (sku.locationInfo() != null) {
            for (ResourceSkuLocationInfo info : there(sku.locationInfo())) {
                boolean here = info.location() == null
                        || AzureNames.region(info.location()).equals(region);
                if (here) {
                    there(info.zones()).stream().filter(AzureNames::isName).forEach(zones::add);
                }
            }
        }
        boolean zonal = !zones.isEmpty();
        for (ResourceSkuRestrictions restriction : there(sku.restrictions())) {
            if (!ResourceSkuRestrictionsType.ZONE.equals(restriction.type())) {
                return Optional.empty();
            }
            if (restriction.restrictionInfo() != null) {
                there(restriction.restrictionInfo().zones()).forEach(zones::remove);
            }
        }
        if (!zonal) {
            zones.add(AzureNames.REGIONAL);
        }
        return Optional.of(zones).filter(left -> !left.isEmpty());
    }

    private static boolean isSpot(ResourceSkuInner sku) {
        List<ResourceSkuCapabilities> capabilities = there(sku.capabilities());
        return capabilities.stream().noneMatch(one -> SPOT.equals(one.name()) && "False".equalsIgnoreCase(one.value()));
    }

    /// What is there of a list that may be missing, or have gaps.
    private static <T> List<T> there(@Nullable List<T> told) {
        return told == null ? List.of() : told.stream().filter(Objects::nonNull).toList();
    }
}
