package dev.skyhedge.watch.planning;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.watch.installation.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Finds services whose replicas anybody in the world could use: at public addresses, and nothing is asked for; and
/// those that are to have TLS where there is none to be had. Asks no cloud.
public final class OpenReplicas {
    private static final String SUMMARY = "Replicas that everybody may ask";

    private OpenReplicas() {}

    /// An error for each such service, at the first place where it would be.
    public static List<Diagnostic> errors(Surroundings surroundings, LoadedSpec loaded, Path directory) {
        return errors(surroundings, loaded, loaded.spec().orElseThrow(), directory, _ -> true);
    }

    /// As [#errors(Surroundings, LoadedSpec, Path)], for some services.
    ///
    /// @param spec what of the loaded spec counts
    /// @param concerns whether a service of this name is meant
    static List<Diagnostic> errors(
            Surroundings surroundings, LoadedSpec loaded, Spec spec, Path directory, Predicate<String> concerns) {
        SortedSet<String> open = new TreeSet<>();
        for (String name : OpenProviders.names(spec)) {
            Optional<ProviderFactory> factory = surroundings.plugins().factory(name);
            if (factory.filter(
                            one -> one.hasPublicAddresses(OpenProviders.settings(surroundings, spec, name, directory)))
                    .isPresent()) {
                open.add(name);
            }
        }
        SortedSet<String> bare = OpenProviders.names(spec);
        bare.removeIf(name -> surroundings
                .plugins()
                .factory(name)
                .filter(ProviderFactory::hasEntrances)
                .isPresent());
        List<Diagnostic> errors = new ArrayList<>();
        for (ServiceSpec service : spec.services().values()) {
            AccessSpec access = service.replica().access();
            if (concerns.test(service.name()) && !access.hasKey() && !access.plaintextAccepted()) {
                exposed(service, open).ifPresent(place -> errors.add(error(loaded, service, place, open)));
            }
            if (concerns.test(service.name()) && access.tls()) {
                exposed(service, bare).ifPresent(place -> errors.add(withoutTls(loaded, service, place, bare)));
            }
        }
        return errors;
    }

    private static Optional<LocationPattern> exposed(ServiceSpec service, SortedSet<String> open) {
        return service.resources().locations().stream()
                .filter(pattern -> open.stream().anyMatch(pattern::mayMatchCloud))
                .findFirst();
    }

    private static Diagnostic error(
            LoadedSpec loaded, ServiceSpec service, LocationPattern place, SortedSet<String> open) {
        String cloud = open.stream().filter(place::mayMatchCloud).findFirst().orElseThrow();
        String detail = "Replicas of " + service.address() + " would have public addresses in " + cloud
                + ", and would answer whoever finds them. In replica, access { tls = true } lets in by TLS and a key of each"
                + " launch; access { key_env = \"VLLM_API_KEY\" } by a key alone, which the workload asks for and which can"
                + " be read on the way. Or set public_address = false in provider \"" + cloud
                + "\" if this machine reaches private addresses there. Or accept it: access { plaintext ="
                + " \"accept\" }.";
        return loaded.rangeOfResource(service.name(), "locations", place.toString())
                .map(range -> Diagnostic.error(range, SUMMARY, detail))
                .orElseGet(() -> Diagnostic.error(SUMMARY, detail));
    }

    private static Diagnostic withoutTls(
            LoadedSpec loaded, ServiceSpec service, LocationPattern place, SortedSet<String> bare) {
        String cloud = bare.stream().filter(place::mayMatchCloud).findFirst().orElseThrow();
        String detail = "tls = true in access puts a proxy in front of each replica of " + service.address()
                + ", which only machines of AWS, Google Cloud and Azure have, and it may run in " + cloud
                + ". Leave tls out, or that place.";
        return loaded.rangeOfResource(service.name(), "locations", place.toString())
                .map(range -> Diagnostic.error(range, "No TLS in front of these replicas", detail))
                .orElseGet(() -> Diagnostic.error("No TLS in front of these replicas", detail));
    }
}
