package dev.skyhedge.specs;

import java.util.List;
import java.util.Optional;

/// What is declared of one workload, of whatever kind. Immutable.
public interface WorkloadSpec {
    /// The kind, which is the type of its block: `service`.
    String kind();

    /// Unique among the workloads of all kinds, and safe in names of machines.
    String name();

    /// How the language writes it: `service.chat`, `module.search.service.embed["eu"]`.
    String address();

    /// Names of the workloads that must be ready before this one is first launched.
    List<String> dependsOn();

    /// The preconditions that are not known to be met.
    List<CheckResult> preconditions();

    /// The machines that it may run on, for whoever asks providers what they offer.
    default Optional<ResourcesSpec> permitted() {
        return Optional.empty();
    }

    /// The same after these workloads.
    WorkloadSpec after(List<String> workloads);

    /// The same with these preconditions not known to be met.
    WorkloadSpec under(List<CheckResult> open);
}
