package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.control.Questions;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds services whose resources nobody offers at all. That is a mistake in the spec; waiting, as for capacity
/// that is missing just now, would not help.
final class UnofferedResources {
    private static final int SHOWN = 12;
    private static final String SUMMARY = "Nobody offers these resources";

    private UnofferedResources() {}

    /// An error for each such service that was planned for. What a provider offers that lets nobody look is nothing to
    /// this account.
    ///
    /// @param preview nobody was silent in it but for those
    /// @param providers are asked what else they offer
    static List<Diagnostic> diagnostics(LoadedSpec loaded, Preview preview, SortedMap<String, Provider> providers) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        List<ServiceSpec> unoffered = preview.plan().services().stream()
                .flatMap(planned -> loaded.spec().orElseThrow().service(planned.service()).stream())
                .flatMap(UnofferedResources::needs)
                .filter(service -> preview.world().offers().stream().noneMatch(offer -> permits(service, offer)))
                .toList();
        List<Offer> offers = unoffered.isEmpty() ? List.of() : everything(providers);
        for (ServiceSpec service : unoffered) {
            String attribute =
                    offers.stream().anyMatch(offer -> isThere(service, offer)) ? "accelerators" : "locations";
            String detail = explain(service, offers);
            diagnostics.add(loaded.rangeOfResource(service.name(), attribute, "")
                    .map(place -> Diagnostic.error(place, SUMMARY, detail))
                    .orElseGet(() -> Diagnostic.error(SUMMARY, detail)));
        }
        return diagnostics;
    }

    /// The service as often as it needs machines that no other replaces, on these alone each time.
    private static Stream<ServiceSpec> needs(ServiceSpec service) {
        ResourcesSpec resources = service.resources();
        return switch (service.allocation()) {
            // A mix is made of what is offered; what then serves nobody is said by the plan.
            case AllocationSpec.Any _, AllocationSpec.Mixed _ -> Stream.of(service);
            case AllocationSpec.Fixed fixed ->
                fixed.replicas().entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> service.with(resources.on(List.of(entry.getKey()))));
        };
    }

    private static boolean permits(ServiceSpec service, Offer offer) {
        return service.resources().accelerators().contains(offer.accelerator()) && isThere(service, offer);
    }

    private static boolean isThere(ServiceSpec service, Offer offer) {
        return service.resources().locations().stream().anyMatch(pattern -> pattern.matches(offer.location()));
    }

    /// Planning asks only for what the spec permits; this asks for all there is.
    private static List<Offer> everything(SortedMap<String, Provider> providers) {
        List<Offer> offers = new ArrayList<>();
        var anywhere = new OfferQuery(
                providers.keySet().stream()
                        .map(name -> LocationPattern.parse(name + "/*/*"))
                        .toList(),
                List.of());
        Questions.askAll(providers, provider -> provider.offers(anywhere))
                .values()
                .forEach(answer -> {
                    if (answer instanceof Outcome.Done<OfferList>(OfferList list)) {
                        offers.addAll(list.offers());
                    }
                });
        return offers;
    }

    private static String explain(ServiceSpec service, List<Offer> offers) {
        ResourcesSpec resources = service.resources();
        List<Offer> here =
                offers.stream().filter(offer -> isThere(service, offer)).toList();
        if (here.isEmpty()) {
            return "The locations of " + service.address() + " (" + listed(resources.locations().stream())
                    + ") match no place where anything can be rented. "
                    + known("There are: ", offers.stream().map(Offer::location).map(Location::toString));
        }
        TreeSet<String> offered = here.stream()
                .map(Offer::accelerator)
                .map(Accelerator::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        String hint = resources.accelerators().size() == 1
                ? Suggestions.sentence(resources.accelerators().getFirst().toString(), offered)
                : "";
        return "No permitted location offers " + listed(resources.accelerators().stream()) + " to "
                + service.address() + ", on spot or on demand." + hint + " "
                + known("Offered there: ", offered.stream());
    }

    private static String known(String prefix, Stream<String> all) {
        List<String> names = all.distinct().sorted().toList();
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        return names.isEmpty()
                ? "Nothing is offered at all."
                : prefix + listed(names.stream().limit(SHOWN)) + more + ".";
    }

    private static String listed(Stream<?> all) {
        return all.map(Object::toString).collect(Collectors.joining(", "));
    }
}
