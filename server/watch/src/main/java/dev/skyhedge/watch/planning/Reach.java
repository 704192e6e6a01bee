package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.control.Questions;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// Where replicas have to be reached, and on which ports.
///
/// @param places of one provider
/// @param ports of the services that are or would be there; empty if none is
public record Reach(SequencedSet<LocationPattern> places, SortedSet<Integer> ports) {
    private static final String SUBJECT_OF_RULES = "firewall";

    private Reach() {
        this(new LinkedHashSet<>(), new TreeSet<>());
    }

    /// Everywhere that services of a spec may be with one provider.
    public static Reach of(Spec spec, String provider) {
        var reach = new Reach();
        for (ServiceSpec service : spec.services().values()) {
            List<LocationPattern> there = service.resources().locations().stream()
                    .filter(pattern -> pattern.mayMatchCloud(provider))
                    .toList();
            if (!there.isEmpty()) {
                reach.places.addAll(there);
                reach.ports.add(service.replica().port());
            }
        }
        return reach;
    }

    /// What the provider finds; nothing if no service would be there.
    public List<Finding> ask(Provider provider) {
        return ports.isEmpty() ? List.of() : provider.reach(List.copyOf(places), ports);
    }

    /// A warning for each reason why what a plan launches could not be reached, at the provider's block. Providers
    /// that do not answer have none: the plan has other things to say of them.
    public static List<Diagnostic> warnings(LoadedSpec loaded, Preview preview, Map<String, Provider> providers) {
        SortedMap<String, Reach> launches = new TreeMap<>();
        Spec spec = loaded.spec().orElseThrow();
        preview.plan().actions().forEach(action -> {
            if (action instanceof Action.Launch launch) {
                spec.service(launch.service()).ifPresent(service -> {
                    Reach reach =
                            launches.computeIfAbsent(launch.offer().location().cloud(), _ -> new Reach());
                    reach.places.add(LocationPattern.of(launch.offer().location()));
                    reach.ports.add(service.replica().port());
                });
            }
        });
        SortedMap<String, CompletableFuture<Outcome<List<Finding>>>> asked = new TreeMap<>();
        launches.forEach((name, reach) -> Optional.ofNullable(providers.get(name))
                .ifPresent(provider ->
                        asked.put(name, Questions.ask(name, provider, one -> Outcome.done(reach.ask(one))))));
        List<Diagnostic> warnings = new ArrayList<>();
        asked.forEach((name, answer) -> {
            if (answer.join() instanceof Outcome.Done<List<Finding>>(List<Finding> findings)) {
                findings.forEach(finding -> warning(loaded, name, finding, warnings));
            }
        });
        return warnings;
    }

    private static void warning(LoadedSpec loaded, String provider, Finding finding, List<Diagnostic> warnings) {
        switch (finding) {
            case Finding.Good _ -> {}
            case Finding.Notable(String subject, String detail, String remedy) ->
                warnings.add(warning(loaded, provider, subject, detail, remedy));
            case Finding.Bad(String subject, String detail, String remedy) ->
                warnings.add(warning(loaded, provider, subject, detail, remedy));
        }
    }

    private static Diagnostic warning(
            LoadedSpec loaded, String provider, String subject, String detail, String remedy) {
        String summary = "Replicas may not be reached in " + provider + ": " + subject;
        String text = detail + ". " + remedy;
        return loaded.rangeOf(provider, SUBJECT_OF_RULES)
                .map(place -> Diagnostic.warning(place, summary, text))
                .orElseGet(() -> Diagnostic.warning(summary, text));
    }
}
