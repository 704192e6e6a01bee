package dev.skyhedge.specs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Everything the user declared in one directory or file.
///
/// @param providers the provider blocks, in order of declaration
/// @param services the services by name, in order of declaration
/// @param outputs the outputs, in order of declaration
/// @param checks the checks with their results, in order of declaration
/// @param moved what was renamed, in order of declaration
/// @param removed what was removed on purpose, in order of declaration
/// @param imports what is to be adopted, in order of declaration
public record Spec(
        List<ProviderSpec> providers,
        SequencedMap<String, ServiceSpec> services,
        List<OutputSpec> outputs,
        List<CheckResult> checks,
        List<Moved> moved,
        List<Removed> removed,
        List<Import> imports) {
    public Spec {
        providers = List.copyOf(providers);
        services = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(services));
        outputs = List.copyOf(outputs);
        checks = List.copyOf(checks);
        moved = List.copyOf(moved);
        removed = List.copyOf(removed);
        imports = List.copyOf(imports);
    }

    /// The same with other services.
    public Spec with(SequencedMap<String, ServiceSpec> others) {
        return new Spec(providers, others, outputs, checks, moved, removed, imports);
    }

    /// A spec of this service only.
    public static Spec of(ServiceSpec service) {
        SequencedMap<String, ServiceSpec> services = new LinkedHashMap<>();
        services.put(service.name(), service);
        return new Spec(List.of(), services, List.of());
    }

    /// A spec of providers, services and outputs only.
    public Spec(List<ProviderSpec> providers, SequencedMap<String, ServiceSpec> services, List<OutputSpec> outputs) {
        this(providers, services, outputs, List.of(), List.of(), List.of(), List.of());
    }
}
