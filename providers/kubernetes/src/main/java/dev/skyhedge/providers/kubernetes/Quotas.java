package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.kubernetes.pool.Places;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.AccountQuota.Unit;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what quotas of the namespace leave. Only those that count pods or GPUs say something about a
/// launch; those with a scope, which are about some pods only, are left to the cluster.
final class Quotas {
    private static final Map<String, Unit> UNITS = Map.of(
            "pods", Unit.INSTANCES,
            "count/pods", Unit.INSTANCES,
            "requests.nvidia.com/gpu", Unit.ACCELERATORS,
            "requests.amd.com/gpu", Unit.ACCELERATORS);

    private Quotas() {}

    static List<AccountQuota> read(ResourceQuotaList list) {
        List<AccountQuota> quotas = new ArrayList<>();
        for (ResourceQuota quota : list.getItems()) {
            boolean scoped = quota.getSpec() != null
                    && (!quota.getSpec().getScopes().isEmpty()
                            || quota.getSpec().getScopeSelector() != null);
            if (quota.getStatus() != null && quota.getStatus().getHard() != null && !scoped) {
                Map<String, Quantity> used = quota.getStatus().getUsed() == null
                        ? Map.of()
                        : quota.getStatus().getUsed();
                new TreeMap<>(quota.getStatus().getHard())
                        .forEach((resource, hard) ->
                                read(quota, resource, hard, used.get(resource)).ifPresent(quotas::add));
            }
        }
        return quotas;
    }

    private static Optional<AccountQuota> read(
            ResourceQuota quota, String resource, Quantity hard, @Nullable Quantity used) {
        return Optional.ofNullable(UNITS.get(resource))
                .map(unit -> new AccountQuota(
                        resource + " of quota " + quota.getMetadata().getName(),
                        Places.EVERYTHING,
                        unit,
                        whole(hard),
                        used == null ? 0 : whole(used)));
    }

    private static long whole(Quantity quantity) {
        try {
            return quantity.getNumericalAmount().max(BigDecimal.ZERO).longValue();
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return 0;
        }
    }
}
