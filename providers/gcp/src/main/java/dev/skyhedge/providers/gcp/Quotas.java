package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Quota;
import com.google.cloud.compute.v1.Region;
import com.google.cloud.compute.v1.RegionList;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.AccountQuota.Unit;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the quotas of cards: Google counts each type apart, in each region, spot apart from on-demand.
final class Quotas {
    private static final String PREEMPTIBLE = "PREEMPTIBLE_";
    private static final String COMMITTED = "COMMITTED_";
    private static final String CARDS = "_GPUS";

    private Quotas() {}

    static List<AccountQuota> read(RegionList list) {
        List<AccountQuota> quotas = new ArrayList<>();
        for (Region region : list.getItemsList()) {
            for (Quota quota : region.getQuotasList()) {
                if (quota.getMetric().endsWith(CARDS)
                        && !quota.getMetric().startsWith(COMMITTED)
                        && !region.getName().isEmpty()) {
                    quotas.add(read(region.getName(), quota));
                }
            }
        }
        return quotas;
    }

    private static AccountQuota read(String region, Quota quota) {
        boolean spot = quota.getMetric().startsWith(PREEMPTIBLE);
        Scope scope = new Scope(
                new LocationPattern(GoogleNames.CLOUD, region, "*"),
                Optional.of(spot ? Market.SPOT : Market.ON_DEMAND),
                Optional.empty());
        return new AccountQuota(
                quota.getMetric() + " in " + region,
                scope,
                Unit.ACCELERATORS,
                whole(quota.getLimit()),
                whole(quota.getUsage()));
    }

    private static long whole(double figure) {
        return Math.max(0, Math.round(figure));
    }
}
