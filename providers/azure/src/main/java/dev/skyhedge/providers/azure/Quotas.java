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
                quotas.add(quota(region, usage, name, Market.SPOT, Optional.empty()));
            } else if (name.equalsIgnoreCase(CORES)) {
                quotas.add(quota(region, usage, name, Market.ON_DEMAND, Optional.empty()));
            } else {
                sizes.forEach((size, of) -> {
                    if (name.equalsIgnoreCase(of.family())) {
                        quotas.add(quota(region, usage, name, Market.ON_DEMAND, Optional.of(size)));
                    }
                });
            }
        }
        return quotas;
    }

    private static AccountQuota quota(
            String region, UsageInner usage, String name, Market market, Optional<String> size) {
        Scope scope = new Scope(new LocationPattern(AzureNames.CLOUD, region, "*"), Optional.of(market), size);
        return new AccountQuota(
                name + " in " + region,
                scope,
                Unit.VCPUS,
                Math.max(0, usage.limit()),
                Math.max(0, usage.currentValue()));
    }
}
