package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.providers.cloud.catalog.Sales;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Asks the regions for their quotas.
final class AccountQuotas {
    private static final int PARALLEL = 8;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final ComputeCalls calls;
    private final RegionSizes sizes;
    private final Sales sales;
    private final List<String> regions;

    /// @param regions the regions to ask
    AccountQuotas(ComputeCalls calls, RegionSizes sizes, Sales sales, List<String> regions) {
        this.calls = calls;
        this.sizes = sizes;
        this.sales = sales;
        this.regions = regions;
    }

    Outcome<List<AccountQuota>> read() {
        Map<String, Sizes> known = sizes.in(regions).values();
        return Places.ask(regions, PARALLEL, LIMIT, this::usages).combine(answers -> {
            List<AccountQuota> quotas = new ArrayList<>();
            answers.values()
                    .forEach((region, usages) -> quotas.addAll(
                            Quotas.read(region, usages, sold(known.getOrDefault(region, Sizes.UNKNOWN)))));
            return quotas;
        });
    }

    /// An endpoint that has no quotas tells of none.
    private Outcome<List<UsageInner>> usages(String region) {
        Outcome<List<UsageInner>> told = calls.usages(region);
        return told instanceof Outcome.Failed<List<UsageInner>>(Failure failure)
                        && (failure instanceof Failure.NotFound || failure instanceof Failure.InvalidRequest)
                ? Outcome.done(List.of())
                : told;
    }

    private SortedMap<String, Sizes.Size> sold(Sizes all) {
        SortedMap<String, Sizes.Size> sold = new TreeMap<>(all.sizes());
        sold.keySet().removeIf(size -> sales.accelerator(size).isEmpty());
        return sold;
    }
}
