package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.RegionList;
import dev.skyhedge.providers.cloud.diagnosis.Findings;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.List;

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
                findings.add(quota(Quotas.read(regions)));
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

    private static Finding quota(List<AccountQuota> quotas) {
        List<AccountQuota> usable =
                quotas.stream().filter(quota -> quota.limit() > 0).toList();
        return usable.isEmpty()
                ? new Finding.Notable(
                        "quota",
                        "no region has quota for GPUs",
                        "Ask Google for quota of the cards that the spec names; spot cards have a quota of their own.")
                : new Finding.Good("quota", usable.size() + " quotas of GPUs above zero");
    }
}
