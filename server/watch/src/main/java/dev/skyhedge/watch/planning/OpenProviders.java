package dev.skyhedge.watch.planning;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.ProviderSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import dev.skyhedge.watch.installation.Refusal;
import dev.skyhedge.watch.installation.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The providers that a spec and a state need, checked and opened.
public final class OpenProviders implements AutoCloseable {
    /// Providers that this project has or means to have.
    private static final Set<String> OFFICIAL = Set.of("aws", "azure", "gcp", "kubernetes");

    private final SortedMap<String, Provider> providers = new TreeMap<>();

    private OpenProviders() {}

    /// By name; closed with this.
    public SortedMap<String, Provider> byName() {
        return Collections.unmodifiableSortedMap(providers);
    }

    /// Checks the settings of every provider that the spec names. Opens none.
    public static List<Diagnostic> check(Surroundings surroundings, LoadedSpec loaded, Path directory) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        Spec spec = loaded.spec().orElseThrow();
        SortedSet<String> names = names(spec);
        for (String name : names) {
            Optional<ProviderFactory> factory = surroundings.plugins().factory(name);
            if (factory.isEmpty()) {
                diagnostics.add(OFFICIAL.contains(name) ? absent(loaded, name) : unknown(surroundings, loaded, name));
                continue;
            }
            for (SettingProblem problem : factory.get().check(settings(surroundings, spec, name, directory))) {
                diagnostics.add(at(loaded.rangeOf(name, problem.setting()), problem.summary(), problem.remedy()));
            }
        }
        for (WorkloadSpec workload : spec.workloads().values()) {
            if (!locations(workload).isEmpty() && !isReachable(locations(workload), names)) {
                diagnostics.add(unreachable(loaded, workload));
            }
        }
        return diagnostics;
    }

    /// Opens what the spec names, and what the recorded replicas need.
    ///
    /// @throws Refusal if one cannot be opened
    public static OpenProviders open(
            Surroundings surroundings, LoadedSpec loaded, Path directory, SortedSet<String> recorded) {
        List<Diagnostic> problems = check(surroundings, loaded, directory);
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            throw new Refusal(problems);
        }
        Spec spec = loaded.spec().orElseThrow();
        SortedSet<String> names = new TreeSet<>(names(spec));
        names.addAll(recorded);
        var open = new OpenProviders();
        for (String name : names) {
            ProviderFactory factory = surroundings
                    .plugins()
                    .factory(name)
                    .orElseThrow(() -> new Refusal(List.of(unknown(surroundings, loaded, name))));
            switch (factory.open(settings(surroundings, spec, name, directory))) {
                case Outcome.Done<Provider>(Provider provider) -> open.providers.put(name, provider);
                case Outcome.Failed<Provider>(Failure failure) -> {
                    open.close();
                    throw new Refusal(List.of(notOpened(name, failure, loaded.rangeOf(name, ""))));
                }
            }
        }
        return open;
    }

    /// Opens the one provider that a recorded replica needs. The spec is only asked for the provider's
    /// settings, and may be missing.
    public static OpenProviders openRecorded(Surroundings surroundings, Path specPath, Path directory, String name) {
        Spec spec = SpecLoader.load(new SpecRequest(specPath, List.of(), surroundings.environment(), Limits.DEFAULT)
                        .at(surroundings.clock().instant()))
                .spec()
                .orElseGet(OpenProviders::emptySpec);
        ProviderFactory factory = surroundings
                .plugins()
                .factory(name)
                .orElseThrow(() ->
                        new Refusal("Unknown provider \"" + name + "\"", "Its plugin is not installed any more."));
        var open = new OpenProviders();
        switch (factory.open(settings(surroundings, spec, name, directory))) {
            case Outcome.Done<Provider>(Provider provider) -> open.providers.put(name, provider);
            case Outcome.Failed<Provider>(Failure failure) ->
                throw new Refusal(List.of(notOpened(name, failure, Optional.empty())));
        }
        return open;
    }

    /// A cloud that does not answer is no mistake in the spec.
    private static Diagnostic notOpened(String name, Failure failure, Optional<SourceRange> place) {
        return failure instanceof Failure.OutcomeUnknown
                ? SilentProvider.error(name, failure)
                : at(place, "Provider \"" + name + "\" cannot be opened", failure.kind() + ": " + failure.message());
    }

    /// The directory in which a provider keeps its files.
    public static Path directoryOf(String provider, Path directory) {
        return directory.resolve("providers").resolve(provider);
    }

    /// Declared ones, and those whose locations a workload names.
    public static SortedSet<String> names(Spec spec) {
        SortedSet<String> names = new TreeSet<>();
        spec.providers().forEach(provider -> names.add(provider.name()));
        for (WorkloadSpec workload : spec.workloads().values()) {
            for (LocationPattern pattern : locations(workload)) {
                if (!pattern.cloud().endsWith("*")) {
                    names.add(pattern.cloud());
                }
            }
        }
        return names;
    }

    private static List<LocationPattern> locations(WorkloadSpec workload) {
        return workload.permitted().map(ResourcesSpec::locations).orElse(List.of());
    }

    private static boolean isReachable(List<LocationPattern> locations, SortedSet<String> providers) {
        for (LocationPattern pattern : locations) {
            for (String provider : providers) {
                if (pattern.mayMatchCloud(provider)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Diagnostic unreachable(LoadedSpec loaded, WorkloadSpec service) {
        return at(
                loaded.rangeOfResource(service.name(), "locations", ""),
                "No provider for the locations",
                "The locations of " + service.address() + " match no provider. Declare one: provider \"local\" {}.");
    }

    /// Nothing declared: every provider has its default settings.
    public static Spec emptySpec() {
        return new Spec(List.of(), new LinkedHashMap<>(), List.of());
    }

    /// What the spec says about a provider.
    public static ProviderSettings settings(Surroundings surroundings, Spec spec, String name, Path directory) {
        SequencedMap<String, Object> values = spec.providers().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .<SequencedMap<String, Object>>map(ProviderSpec::settings)
                .orElseGet(LinkedHashMap::new);
        return new ProviderSettings(values, directoryOf(name, directory), surroundings.clock());
    }

    private static Diagnostic unknown(Surroundings surroundings, LoadedSpec loaded, String name) {
        List<String> known = surroundings.plugins().names();
        String detail = known.isEmpty()
                ? "No provider plugin is installed in " + surroundings.plugins().directory() + "."
                : "Installed are: " + String.join(", ", known) + ".";
        return at(
                loaded.rangeOf(name, "").or(() -> whereLocated(loaded, name)),
                "Unknown provider \"" + name + "\"",
                detail + Suggestions.sentence(name, known));
    }

    /// The workload that names the provider in its locations.
    private static Optional<SourceRange> whereLocated(LoadedSpec loaded, String provider) {
        return loaded.spec().orElseThrow().workloads().values().stream()
                .filter(workload -> locations(workload).stream()
                        .anyMatch(pattern -> pattern.cloud().equals(provider)))
                .findFirst()
                .flatMap(workload -> loaded.rangeOfWorkload(workload.name()));
    }

    /// A spec is no less valid because this machine lacks a plugin; planning does need it.
    private static Diagnostic absent(LoadedSpec loaded, String name) {
        String summary = "The plugin of provider \"" + name + "\" is not installed";
        String detail = "Its settings were not checked, and no plan can be made here.";
        return loaded.rangeOf(name, "")
                .map(place -> Diagnostic.warning(place, summary, detail))
                .orElseGet(() -> Diagnostic.warning(summary, detail));
    }

    private static Diagnostic at(Optional<SourceRange> range, String summary, String detail) {
        return range.map(place -> Diagnostic.error(place, summary, detail))
                .orElseGet(() -> Diagnostic.error(summary, detail));
    }

    @Override
    public void close() {
        providers.values().forEach(Provider::close);
    }
}
