package dev.skyhedge.specs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Everything the user declared in one directory or file.
///
/// @param providers the provider blocks, in order of declaration
/// @param workloads the workloads of all kinds by name, in order of declaration
/// @param outputs the outputs, in order of declaration
/// @param checks the checks with their results, in order of declaration
/// @param moved what was renamed, in order of declaration
/// @param removed what was removed on purpose, in order of declaration
/// @param imports what is to be adopted, in order of declaration
/// @param budget what all of it may cost, if that is limited
public record Spec(
        List<ProviderSpec> providers,
        SequencedMap<String, WorkloadSpec> workloads,
        List<OutputSpec> outputs,
        List<CheckResult> checks,
        List<Moved> moved,
        List<Removed> removed,
        List<Import> imports,
        Optional<BudgetSpec> budget) {
    public Spec {
        providers = List.copyOf(providers);
        workloads = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(workloads));
        outputs = List.copyOf(outputs);
        checks = List.copyOf(checks);
        moved = List.copyOf(moved);
        removed = List.copyOf(removed);
        imports = List.copyOf(imports);
    }

    /// The same with other services, and the workloads of other kinds as they are.
    public Spec with(SequencedMap<String, ServiceSpec> others) {
        SequencedMap<String, WorkloadSpec> all = new LinkedHashMap<>(workloads);
        all.values().removeIf(workload -> workload instanceof ServiceSpec && !others.containsKey(workload.name()));
        all.putAll(others);
        return new Spec(providers, all, outputs, checks, moved, removed, imports, budget);
    }

    /// The same with this budget.
    public Spec within(BudgetSpec other) {
        return new Spec(providers, workloads, outputs, checks, moved, removed, imports, Optional.of(other));
    }

    /// The workloads of a kind by name, in order of declaration. Goes through all of them: see [#service(String)].
    ///
    /// @param kind what workloads of the kind are declared as
    public <W extends WorkloadSpec> SequencedMap<String, W> of(Class<W> kind) {
        SequencedMap<String, W> some = new LinkedHashMap<>();
        workloads.values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .forEach(workload -> some.put(workload.name(), workload));
        return Collections.unmodifiableSequencedMap(some);
    }

    /// The services by name, in order of declaration.
    public SequencedMap<String, ServiceSpec> services() {
        return of(ServiceSpec.class);
    }

    /// The service of that name.
    public Optional<ServiceSpec> service(String name) {
        return workloads.get(name) instanceof ServiceSpec service ? Optional.of(service) : Optional.empty();
    }

    /// A spec of this service only.
    public static Spec of(ServiceSpec service) {
        SequencedMap<String, ServiceSpec> services = new LinkedHashMap<>();
        services.put(service.name(), service);
        return new Spec(List.of(), services, List.of());
    }

    /// A spec of providers, workloads and outputs only.
    public Spec(
            List<ProviderSpec> providers,
            SequencedMap<String, ? extends WorkloadSpec> workloads,
            List<OutputSpec> outputs) {
        this(
                providers,
                new LinkedHashMap<>(workloads),
                outputs,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
