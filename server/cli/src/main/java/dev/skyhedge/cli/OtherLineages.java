package dev.skyhedge.cli;

import dev.skyhedge.engine.control.Questions;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.state.records.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// An empty world is suspicious: a state in which nothing was ever recorded, beside instances that carry our
/// tags for a service of the same name, is more likely a state that was lost than one that is new.
final class OtherLineages {
    private static final int SHOWN = 5;
    private static final String EVERY_LINEAGE = "";

    private OtherLineages() {}

    /// Returns if the state is in use, or nothing of another state runs under the names of the spec's services.
    ///
    /// @throws CommandFailure that says how to recover, otherwise
    static void refuse(Spec spec, Snapshot snapshot, SortedMap<String, Provider> providers) {
        if (snapshot.serial() > 0) {
            return;
        }
        Questions.askAll(providers, provider -> provider.observe(EVERY_LINEAGE)).forEach((name, answer) -> {
            switch (answer) {
                case Outcome.Done<Observation>(Observation seen) -> refuse(spec, snapshot.lineage(), name, seen);
                case Outcome.Failed<Observation>(Failure failure) ->
                    throw new CommandFailure(List.of(SilentProvider.error(name, failure)));
            }
        });
    }

    private static void refuse(Spec spec, String lineage, String provider, Observation seen) {
        List<Instance> others = seen.instances().stream()
                .filter(Instance::isLive)
                .filter(instance -> !instance.tags().lineage().equals(lineage))
                .filter(instance -> spec.services().containsKey(instance.tags().service()))
                .sorted(Comparator.comparing(
                                (Instance instance) -> instance.tags().lineage())
                        .thenComparing(instance -> instance.tags().service())
                        .thenComparing(instance -> instance.tags().replica())
                        .thenComparing(Instance::id))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        String other = others.getFirst().tags().lineage();
        throw new CommandFailure(
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
}
