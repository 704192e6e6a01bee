package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import dev.skyhedge.providers.cloud.diagnosis.Findings;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at what this provider needs to work.
final class Diagnosis {
    private final AzureSettings settings;
    private final ComputeCalls calls;
    private final AccountQuotas quotas;
    private final PriceCatalog prices;
    private final InstantSource clock;

    Diagnosis(
            AzureSettings settings,
            ComputeCalls calls,
            AccountQuotas quotas,
            PriceCatalog prices,
            InstantSource clock) {
        this.settings = settings;
        this.calls = calls;
        this.quotas = quotas;
        this.prices = prices;
        this.clock = clock;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Findings.credentials(settings.cloud().endpoint(), "Azure"));
        switch (calls.machines(settings.group())) {
            case Outcome.Failed<List<VirtualMachineInner>>(Failure.NotFound absent) ->
                findings.add(new Finding.Notable(
                        "subscription",
                        settings.group().map(group -> "resource group " + group).orElse(settings.subscription())
                                + " is not there yet",
                        "It is made with the first launch, if the account may do that."));
            case Outcome.Failed<List<VirtualMachineInner>>(Failure failure) -> findings.add(refused(failure));
            case Outcome.Done<List<VirtualMachineInner>>(List<VirtualMachineInner> machines) -> {
                findings.add(new Finding.Good(
                        "subscription", settings.subscription() + ", machines in it: " + machines.size()));
                findings.add(quota());
            }
        }
        findings.add(Findings.prices("list prices", prices.pricedAt(), clock.instant()));
        return findings;
    }

    private Finding refused(Failure failure) {
        return new Finding.Bad(
                "subscription",
                failure.message(),
                failure instanceof Failure.Denied
                        ? "Run \"az login\" and give the account the role Virtual Machine Contributor in subscription "
                                + settings.subscription() + "."
                        : "Check the subscription's id and that Azure can be reached.");
    }

    private Finding quota() {
        return switch (quotas.read()) {
            case Outcome.Failed<List<AccountQuota>>(Failure failure) ->
                new Finding.Notable("quota", failure.message(), "Permit Microsoft.Compute/locations/usages/read.");
            case Outcome.Done<List<AccountQuota>>(List<AccountQuota> all) -> {
                long usable = all.stream()
                        .filter(quota -> !quota.instanceTypes().isEmpty() && quota.limit() > 0)
                        .count();
                Optional<AccountQuota> none =
                        all.stream().filter(quota -> quota.limit() == 0).findFirst();
                yield usable > 0 || none.isEmpty()
                        ? new Finding.Good("quota", usable + " quotas of families of GPU sizes above zero")
                        : new Finding.Notable(
                                "quota",
                                "no region has quota for GPU sizes",
                                "Ask Azure for cores of the families that the spec needs; spot machines count together"
                                        + " as low-priority cores.");
            }
        };
    }
}
