package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds services whose replicas depend on the time of the plan. A changed replica block is a new version, so an apply
/// or a start of a watch at another time replaces everything that such a service runs.
final class TimedReplicas {
    private TimedReplicas() {}

    /// @param now the spec as it was read
    /// @param later the same as of a later time
    /// @param blocks the blocks of services, by name
    static List<Diagnostic> warnings(Spec now, Spec later, Map<String, Body.Block> blocks) {
        List<Diagnostic> warnings = new ArrayList<>();
        now.services().forEach((name, service) -> {
            Optional<ServiceSpec> other = later.service(name);
            Optional<Body.Block> block = Optional.ofNullable(blocks.get(name));
            if (other.isPresent() && block.isPresent()) {
                changing(service, other.get().replica())
                        .forEach(attribute -> warnings.add(warning(service, block.get(), attribute)));
            }
        });
        return warnings;
    }

    private static List<String> changing(ServiceSpec service, ReplicaSpec later) {
        ReplicaSpec now = service.replica();
        List<String> changing = new ArrayList<>();
        if (!now.image().equals(later.image())) {
            changing.add("replica.image");
        }
        if (!now.command().equals(later.command())) {
            changing.add("replica.command");
        }
        if (now.port() != later.port()) {
            changing.add("replica.port");
        }
        if (!now.env().equals(later.env())) {
            changing.add("replica.env");
        }
        if (!now.diskGb().equals(later.diskGb())) {
            changing.add("resources.disk_gb");
        }
        changing.removeIf(attribute -> service.ignoreChanges().contains(attribute)
                || service.ignoreChanges().contains(attribute.substring(0, attribute.indexOf('.'))));
        return changing;
    }

    private static Diagnostic warning(ServiceSpec service, Body.Block block, String attribute) {
        return Diagnostic.warning(
                        place(block, attribute),
                        "Replicas depend on the time of the plan",
                        attribute + " of " + service.address()
                                + " depends on plantimestamp(): an apply, or a start of watch, at a time that gives it"
                                + " another value replaces all replicas. Take the time from a variable, or name "
                                + attribute + " in ignore_changes.")
                .in(block.title());
    }

    private static SourceRange place(Body.Block service, String attribute) {
        int dot = attribute.indexOf('.');
        return service.body().blocks(attribute.substring(0, dot)).stream()
                .flatMap(block -> block.body().attribute(attribute.substring(dot + 1)).stream())
                .map(Body.Attribute::range)
                .findFirst()
                .orElse(service.header());
    }
}
