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
public record Spec(List<ProviderSpec> providers, SequencedMap<String, ServiceSpec> services, List<OutputSpec> outputs) {
    public Spec {
        providers = List.copyOf(providers);
        services = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(services));
        outputs = List.copyOf(outputs);
    }
}
