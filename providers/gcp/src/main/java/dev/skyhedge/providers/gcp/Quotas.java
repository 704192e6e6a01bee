package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Project;
import com.google.cloud.compute.v1.Quota;
import com.google.cloud.compute.v1.Region;
import com.google.cloud.compute.v1.RegionList;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.AccountQuota.Unit;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the quotas of cards: Google counts each type apart, in each region, spot apart from on-demand, and all of
/// them together over all regions. A project lists every card that there is, most of them with a limit of 0.
final class Quotas {
    /// Our name of the card that a metric counts. What is not here limits nothing that is offered, such as cards for
    /// virtual workstations (`_VWS_`) and those that somebody has committed to.
    private static final SortedMap<String, String> CARDS = new TreeMap<>(Map.of(
            "NVIDIA_T4_GPUS", "T4",
            "NVIDIA_V100_GPUS", "V100",
            "NVIDIA_L4_GPUS", "L4",
            "NVIDIA_A100_GPUS", "A100",
            "NVIDIA_A100_80GB_GPUS", "A100-80GB",
            "NVIDIA_H100_GPUS", "H100"));

    private static final String PREEMPTIBLE = "PREEMPTIBLE_";

    /// Counts the cards of both markets in all regions.
    private static final String ALL_REGIONS = "GPUS_ALL_REGIONS";

    private Quotas() {}

    /// @param project empty if it could not be read
    static List<AccountQuota> read(RegionList list, Optional<Project> project) {
        List<AccountQuota> quotas = new ArrayList<>();
        for (Region region : list.getItemsList()) {
            if (!region.getName().isEmpty()) {
                read(region, quotas);
            }
        }
        project.stream()
                .flatMap(one -> one.getQuotasList().stream())
                .filter(quota -> quota.getMetric().equals(ALL_REGIONS))
                .forEach(quota -> quotas.add(
                        quota(ALL_REGIONS, GoogleNames.everywhere(), Optional.empty(), Optional.empty(), quota)));
        return quotas;
    }

    /// Spot machines count against the quota of on-demand ones where a project has none for them.
    private static void read(Region region, List<AccountQuota> quotas) {
        Map<String, Quota> metrics = new HashMap<>();
        region.getQuotasList().forEach(quota -> metrics.put(quota.getMetric(), quota));
        var place = new LocationPattern(GoogleNames.CLOUD, region.getName(), "*");
        CARDS.forEach((metric, card) -> {
            Optional<Quota> spot = Optional.ofNullable(metrics.get(PREEMPTIBLE + metric));
            Optional<Quota> both = Optional.ofNullable(metrics.get(metric));
            boolean isApart = spot.filter(quota -> quota.getLimit() > 0).isPresent();
            both.ifPresent(quota -> quotas.add(quota(
                    metric + " in " + region.getName(),
                    place,
                    Optional.of(Market.ON_DEMAND).filter(_ -> isApart),
                    Optional.of(card),
                    quota)));
            spot.filter(_ -> isApart || both.isEmpty())
                    .ifPresent(quota -> quotas.add(quota(
                            PREEMPTIBLE + metric + " in " + region.getName(),
                            place,
                            Optional.of(Market.SPOT),
                            Optional.of(card),
                            quota)));
        });
    }

    private static AccountQuota quota(
            String name, LocationPattern place, Optional<Market> market, Optional<String> card, Quota quota) {
        return new AccountQuota(
                name,
                new Scope(place, market, Optional.empty()),
                card,
                Unit.ACCELERATORS,
                whole(quota.getLimit()),
                whole(quota.getUsage()));
    }

    private static long whole(double figure) {
        return Math.max(0, Math.round(figure));
    }
}
