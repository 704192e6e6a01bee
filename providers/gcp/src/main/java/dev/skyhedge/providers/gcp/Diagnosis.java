package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.RegionList;
import dev.skyhedge.providers.cloud.diagnosis.Findings;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at what this provider needs to work.
final class Diagnosis {
    private final GcpSettings settings;
    private final ComputeCalls calls;

    Diagnosis(GcpSettings settings, ComputeCalls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Findings.credentials(settings.cloud().endpoint(), "Google"));
        switch (calls.regions()) {
            case Outcome.Failed<RegionList>(Failure failure) -> findings.add(refused(failure));
            case Outcome.Done<RegionList>(RegionList regions) -> {
                findings.add(new Finding.Good(
                        "project", settings.project() + " has " + regions.getItemsCount() + " regions"));
                findings.add(quota(Quotas.read(regions, GcpProvider.project(calls))));
            }
        }
        return findings;
    }

    private Finding refused(Failure failure) {
        return new Finding.Bad(
                "project",
                failure.message(),
                failure instanceof Failure.Denied
                        ? "Run \"gcloud auth application-default login\", enable the Compute Engine API and check the"
                                + " roles of the account in project " + settings.project() + "."
                        : "Check the project's name and that Compute Engine can be reached.");
    }

    /// What binds: cards have a quota in each region, and one over all regions.
    private static Finding quota(List<AccountQuota> quotas) {
        Optional<AccountQuota> exhausted = quotas.stream()
                .filter(quota -> quota.accelerator().isEmpty() && quota.remaining() == 0)
                .findFirst();
        if (exhausted.isPresent()) {
            return new Finding.Notable(
                    "quota",
                    text(exhausted.get()) + ": no card can be launched in any region",
                    "Ask Google for more of this quota, which counts the cards of all regions, spot or not.");
        }
        long usable = quotas.stream()
                .filter(quota -> quota.limit() > 0 && quota.accelerator().isPresent())
                .count();
        return usable == 0
                ? new Finding.Notable(
                        "quota",
                        "no region has quota for GPUs",
                        "Ask Google for quota of the cards that the spec names; spot cards have a quota of their own.")
                : new Finding.Good("quota", usable + " quotas of GPUs above zero");
    }

    private static String text(AccountQuota quota) {
        return quota.used() + " of " + quota.limit() + " " + quota.name() + " used";
    }
}
