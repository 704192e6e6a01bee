package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.CpuOptions;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;

/// What the account may still rent in each region: vCPUs by family and market, as Service Quotas tells them, without
/// those of all instances that run in the account, ours or others'. What may not be read is not known, and is not 0.
final class AccountQuotas {
    private static final int PARALLEL = 16;

    private final Ec2Calls calls;
    private final Fleet fleet;
    private final AwsSettings settings;
    private final EnabledRegions enabled;
    private final Prices prices;

    AccountQuotas(Ec2Calls calls, AwsSettings settings, EnabledRegions enabled, Prices prices) {
        this.calls = calls;
        this.fleet = new Fleet(calls);
        this.settings = settings;
        this.enabled = enabled;
        this.prices = prices;
    }

    Outcome<List<AccountQuota>> read() {
        Outcome<List<String>> regions = settings.common().regions().isEmpty()
                ? enabled.names()
                : Outcome.done(settings.common().regions());
        List<String> priced = prices.catalog().entries().stream()
                .map(PriceCatalog.Entry::region)
                .distinct()
                .toList();
        return regions.then(all -> Places.ask(
                        all.stream().filter(priced::contains).toList(), PARALLEL, AwsProvider.ROUND_TIME, this::in)
                .combine(answers ->
                        answers.values().values().stream().flatMap(List::stream).toList()));
    }

    private Outcome<List<AccountQuota>> in(String region) {
        Outcome<List<ServiceQuotas.Quota>> told = calls.quotas(region);
        if (isWithoutQuotas(told)) {
            return Outcome.done(List.of());
        }
        return told.then(quotas -> fleet.running(region).map(running -> count(region, quotas, running)));
    }

    /// An implementation of the API that has no quotas refuses nothing for them.
    private boolean isWithoutQuotas(Outcome<List<ServiceQuotas.Quota>> told) {
        return settings.common().endpoint().override().isPresent()
                && told instanceof Outcome.Failed<List<ServiceQuotas.Quota>>(Failure failure)
                && (failure instanceof Failure.InvalidRequest || failure instanceof Failure.NotFound);
    }

    private List<AccountQuota> count(String region, List<ServiceQuotas.Quota> quotas, Collection<Instance> running) {
        List<AccountQuota> all = new ArrayList<>();
        for (ServiceQuotas.Quota quota : quotas) {
            QuotaFamily.of(quota.code()).ifPresent(family -> {
                SortedSet<String> types = new TreeSet<>(
                        prices.types().stream().filter(family::holds).toList());
                if (!types.isEmpty()) {
                    long used = running.stream()
                            .filter(one -> counts(family, one))
                            .mapToLong(one -> vcpus(region, one))
                            .sum();
                    all.add(new AccountQuota(
                            quota.name() + " in " + region,
                            new Scope(Ec2Calls.pattern(region), Optional.of(family.market()), Optional.empty()),
                            types,
                            AccountQuota.Unit.VCPUS,
                            quota.value(),
                            used));
                }
            });
        }
        return all;
    }

    private static boolean counts(QuotaFamily family, Instance one) {
        boolean isSpot = one.instanceLifecycle() == InstanceLifecycleType.SPOT;
        return isSpot == (family.market() == Market.SPOT)
                && one.instanceTypeAsString() != null
                && family.holds(one.instanceTypeAsString());
    }

    /// As EC2 says it, else as the catalogue does; what neither knows counts as nothing.
    private long vcpus(String region, Instance one) {
        CpuOptions cpus = one.cpuOptions();
        if (cpus != null && cpus.coreCount() != null && cpus.threadsPerCore() != null) {
            return Math.multiplyFull(cpus.coreCount(), cpus.threadsPerCore());
        }
        return prices.catalog().entries().stream()
                .filter(entry ->
                        entry.region().equals(region) && entry.instanceType().equals(one.instanceTypeAsString()))
                .map(PriceCatalog.Entry::shape)
                .findFirst()
                .map(MachineShape::vcpus)
                .orElse(0);
    }
}
