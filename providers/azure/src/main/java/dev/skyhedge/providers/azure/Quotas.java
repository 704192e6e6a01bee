package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.AccountQuota.Unit;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads the quotas of cores: one for all spot machines of a region, one for all others, and one for each
/// family of sizes, which counts on-demand machines only.
final class Quotas {
    private static final String SPOT_CORES = "lowPriorityCores";
    private static final String CORES = "cores";

    private Quotas() {}

    /// @param usages what a region says is used
    /// @param sizes the sizes in it, of which the price list has
    static List<AccountQuota> read(String region, List<UsageInner> usages, Map<String, Sizes.Size> sizes) {
        List<AccountQuota> quotas = new ArrayList<>();
        for (UsageInner usage : usages) {
            String name = usage.name() == null || usage.name().value() == null
                    ? ""
                    : usage.name().value();
            if (name.equalsIgnoreCase(SPOT_CORES)) {
                quotas.add(quota(region, usage, name, Market.SPOT, new TreeSet<>()));
            } else if (name.equalsIgnoreCase(CORES)) {
                quotas.add(quota(region, usage, name, Market.ON_DEMAND, new TreeSet<>()));
            } else {
                SortedSet<String> family = sizes.entrySet().stream()
                        .filter(size -> name.equalsIgnoreCase(size.getValue().family()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!family.isEmpty()) {
                    quotas.add(quota(region, usage, name, Market.ON_DEMAND, family));
                }
            }
        }
        return quotas;
    }

    private static AccountQuota quota(
            String region, UsageInner usage, String name, Market market, SortedSet<String> family) {
        Scope scope =
                new Scope(new LocationPattern(AzureNames.CLOUD, region, "*"), Optional.of(market), Optional.empty());
        return new AccountQuota(
                name + " in " + region,
                scope,
                family,
                Unit.VCPUS,
                Math.max(0, usage.limit()),
                Math.max(0, usage.currentValue()));
    }
}
