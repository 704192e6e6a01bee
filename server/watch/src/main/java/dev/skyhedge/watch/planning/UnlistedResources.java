package dev.skyhedge.watch.planning;

import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Listed;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.watch.installation.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds accelerators and places in the spec that no provider is known to have. Most are misspelt, and where a service
/// names several nothing else would ever tell: it runs on the others. Warnings, because a list may be older than what
/// a cloud rents out. Asks no cloud.
public final class UnlistedResources {
    private final LoadedSpec loaded;
    private final Map<String, List<Listed>> listed;
    /// What a service names is named by many: each is looked for once.
    private final Map<LocationPattern, Optional<String>> places = new HashMap<>();

    private final Map<Set<String>, Set<Accelerator>> accelerators = new HashMap<>();
    private final Set<ResourcesSpec> blameless = new HashSet<>();

    private UnlistedResources(LoadedSpec loaded, Map<String, List<Listed>> listed) {
        this.loaded = loaded;
        this.listed = listed;
    }

    /// A warning for each, at its place.
    public static List<Diagnostic> warnings(Surroundings surroundings, LoadedSpec loaded, Path directory) {
        return loaded.spec()
                .map(spec -> warnings(surroundings, loaded, spec, directory))
                .orElse(List.of());
    }

    private static List<Diagnostic> warnings(Surroundings surroundings, LoadedSpec loaded, Spec spec, Path directory) {
        Map<String, List<Listed>> listed = new HashMap<>();
        for (String name : OpenProviders.names(spec)) {
            Optional<ProviderFactory> factory = surroundings.plugins().factory(name);
            List<Listed> known = factory.map(f -> f.listed(OpenProviders.settings(surroundings, spec, name, directory)))
                    .orElse(List.of());
            listed.put(name, known);
        }
        var unlisted = new UnlistedResources(loaded, listed);
        List<Diagnostic> warnings = new ArrayList<>();
        for (ServiceSpec service : spec.services().values()) {
            if (!unlisted.blameless.contains(service.resources())) {
                unlisted.check(service, warnings);
            }
        }
        return warnings;
    }

    private void check(ServiceSpec service, List<Diagnostic> warnings) {
        int before = warnings.size();
        locations(service, warnings);
        accelerators(service, warnings);
        if (warnings.size() == before) {
            blameless.add(service.resources());
        }
    }

    private void locations(ServiceSpec service, List<Diagnostic> warnings) {
        for (LocationPattern pattern : service.resources().locations()) {
            places.computeIfAbsent(pattern, this::problem)
                    .ifPresent(problem ->
                            warnings.add(at(service, "locations", pattern.toString(), "Unknown location", problem)));
        }
    }

    private void accelerators(ServiceSpec service, List<Diagnostic> warnings) {
        Set<String> clouds =
                service.resources().locations().stream().flatMap(this::clouds).collect(Collectors.toSet());
        if (clouds.stream().anyMatch(cloud -> known(cloud).isEmpty())) {
            return;
        }
        Set<Accelerator> offered = accelerators.computeIfAbsent(clouds, this::offered);
        for (Accelerator accelerator : service.resources().accelerators()) {
            if (!offered.contains(accelerator)) {
                String problem = "No provider of " + service.address() + " is known to have " + accelerator + "."
                        + Suggestions.sentence(
                                accelerator.toString(),
                                offered.stream().map(Accelerator::toString).toList());
                warnings.add(at(service, "accelerators", accelerator.toString(), "Unknown accelerator", problem));
            }
        }
    }

    private Stream<String> clouds(LocationPattern pattern) {
        return listed.keySet().stream().filter(pattern::mayMatchCloud);
    }

    private List<Listed> known(String cloud) {
        return listed.getOrDefault(cloud, List.of());
    }

    private Set<Accelerator> offered(Set<String> clouds) {
        return clouds.stream()
                .flatMap(cloud -> known(cloud).stream())
                .map(Listed::accelerator)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What is wrong with a pattern that selects no place of which all clouds that it selects tell; empty if nothing
    /// is.
    private Optional<String> problem(LocationPattern pattern) {
        List<String> clouds = clouds(pattern).toList();
        boolean matches = clouds.isEmpty()
                || clouds.stream().anyMatch(cloud -> known(cloud).isEmpty() || matches(cloud, pattern));
        if (matches) {
            return Optional.empty();
        }
        SortedSet<String> regions = new TreeSet<>();
        SortedSet<String> zones = new TreeSet<>();
        for (String cloud : clouds) {
            for (Listed one : known(cloud)) {
                regions.add(one.region());
                one.zones().forEach(zone -> zones.add(one.region() + "/" + zone));
            }
        }
        boolean region = clouds.stream()
                .anyMatch(cloud -> known(cloud).stream().anyMatch(one -> pattern.matchesRegion(cloud, one.region())));
        String meant = region
                ? Suggestions.sentence(pattern.region() + "/" + pattern.zone(), zones)
                : Suggestions.sentence(pattern.region(), regions);
        return Optional.of("No provider is known to have a place that " + pattern + " matches." + meant
                + (meant.isEmpty() ? " Known are: " + String.join(", ", region ? zones : regions) + "." : ""));
    }

    private boolean matches(String cloud, LocationPattern pattern) {
        return known(cloud).stream()
                .filter(one -> pattern.matchesRegion(cloud, one.region()))
                .anyMatch(one -> one.zones().isEmpty() || one.zones().stream().anyMatch(pattern::matchesZone));
    }

    private Diagnostic at(ServiceSpec service, String attribute, String element, String summary, String detail) {
        return loaded.rangeOfResource(service.name(), attribute, element)
                .map(place -> Diagnostic.warning(place, summary, detail))
                .orElseGet(() -> Diagnostic.warning(summary, detail));
    }
}
