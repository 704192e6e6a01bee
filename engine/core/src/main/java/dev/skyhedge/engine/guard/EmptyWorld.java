package dev.skyhedge.engine.guard;

import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.state.records.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An empty world is suspicious. A state in which nothing was ever recorded, beside instances that carry our tags for a
/// service of the same name, is more likely a state that was lost than one that is new; and a spec that declares
/// nothing, beside a state with services, is more likely a file that is cut off than an order.
public final class EmptyWorld {
    private static final int SHOWN = 5;

    private EmptyWorld() {}

    /// Whether it has to be asked what runs for other states before anything is done with this one.
    public static boolean isStateSuspicious(Snapshot snapshot) {
        return snapshot.serial() == 0;
    }

    /// What speaks against beginning with a state in which nothing was ever recorded; empty if nothing of another
    /// state runs under the names of the spec's services.
    ///
    /// @param provider who was asked
    /// @param seen what it runs, for whatever state
    public static Optional<Diagnostic> ofState(Spec spec, Snapshot snapshot, String provider, Observation seen) {
        if (!isStateSuspicious(snapshot)) {
            return Optional.empty();
        }
        List<Instance> others = seen.instances().stream()
                .filter(Instance::isLive)
                .filter(instance -> !instance.tags().lineage().equals(snapshot.lineage()))
                .filter(instance -> spec.workloads().containsKey(instance.tags().service()))
                .sorted(Comparator.comparing(
                                (Instance instance) -> instance.tags().lineage())
                        .thenComparing(instance -> instance.tags().service())
                        .thenComparing(instance -> instance.tags().replica())
                        .thenComparing(Instance::id))
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(taken(provider, others));
    }

    private static Diagnostic taken(String provider, List<Instance> others) {
        String other = others.getFirst().tags().lineage();
        return Diagnostic.error(
                "This state is empty, but replicas of its services are running",
                "Provider \"" + provider + "\" runs " + describe(others) + " for another state, of lineage " + other
                        + ". Was that state lost? Then restore it from a backup, or let this one take over what runs:"
                        + "\n\n  skyhedge state adopt " + other
                        + "\n\nIf the other state is in use, give the service another name: two states cannot share it."
                        + " Nothing was changed.");
    }

    private static String describe(List<Instance> others) {
        List<String> texts = new ArrayList<>(others.stream()
                .limit(SHOWN)
                .map(instance ->
                        instance.tags().replica() + " in " + instance.offer().location() + " (" + instance.id() + ")")
                .toList());
        if (others.size() > SHOWN) {
            texts.add((others.size() - SHOWN) + " more");
        }
        return texts.stream().collect(Collectors.joining(", "));
    }

    /// What speaks against a spec that declares nothing to run while the state has services.
    ///
    /// @param files that were read
    /// @param recorded names of the services that the state has
    public static Diagnostic ofSpec(List<Source> files, List<String> recorded) {
        String names = files.stream().map(Source::name).collect(Collectors.joining(", "));
        return Diagnostic.error(
                "The spec declares no service",
                (names.isEmpty() ? "Nothing" : names) + " declares nothing to run, while the state has "
                        + String.join(", ", recorded)
                        + ". A file may be cut off, half written or away for a moment, so that ends nothing. Nothing was"
                        + " changed. To end what runs: `skyhedge destroy`, or a removed block for each service.");
    }
}
