package dev.skyhedge.cli;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.UndeclaredServices;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.crossread.CrossReader;
import dev.skyhedge.specs.crossread.CrossReading;
import dev.skyhedge.specs.crossread.RemovalCheck;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.records.ServiceRecord;
import dev.skyhedge.state.records.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Before services are removed because their blocks are gone, a second reader and a plain search for words
/// must agree that they are gone: a mistake of our own reader must not end what serves users.
final class RemovalGuard {
    private RemovalGuard() {}

    /// @throws CommandFailure if a service would be removed that may not be gone
    static void require(LoadedSpec loaded, Snapshot snapshot, PlanOptions options, Set<String> confirmed) {
        List<Diagnostic> objections = objections(loaded, snapshot, options, confirmed);
        if (!objections.isEmpty()) {
            throw new CommandFailure(objections);
        }
    }

    /// What speaks against the removals that the spec implies; empty if nothing does.
    ///
    /// @param confirmed names that the user has confirmed to be gone
    private static List<Diagnostic> objections(
            LoadedSpec loaded, Snapshot snapshot, PlanOptions options, Set<String> confirmed) {
        Spec spec = loaded.spec().orElseThrow();
        List<String> undeclared = UndeclaredServices.of(spec, snapshot.services()).stream()
                .map(ServiceRecord::name)
                .filter(name -> options.targets().isEmpty() || options.targets().contains(name))
                .filter(name -> !confirmed.contains(name))
                .toList();
        if (!options.destroy() && spec.services().isEmpty() && !undeclared.isEmpty()) {
            return List.of(declaresNothing(loaded, undeclared));
        }
        List<String> gone = undeclared.stream()
                .filter(name -> options.removals().include(name))
                .toList();
        if (options.destroy() || gone.isEmpty()) {
            return List.of();
        }
        RemovalCheck check = CrossReader.removals(loaded.sources(), gone);
        if (check.isCertain()) {
            return List.of();
        }
        List<Diagnostic> objections = new ArrayList<>(check.mentions());
        switch (check.reading()) {
            case CrossReading.Agreed _ -> {}
            case CrossReading.Disagreed(List<Diagnostic> diagnostics) -> objections.addAll(diagnostics);
            case CrossReading.NotRead(String why) ->
                objections.add(Diagnostic.error("The spec could not be read a second time", why));
        }
        objections.add(Diagnostic.error(
                "The removal of " + String.join(", ", gone) + " is not certain",
                "A plan removes a service because its block is gone only if two independent readers of the files agree "
                        + "that it is. If you have looked and it is: "
                        + String.join(
                                " ",
                                gone.stream()
                                        .map(name -> "-confirm-removal=" + name)
                                        .toList())));
        return objections;
    }

    /// An empty world is suspicious, in a spec as in a state.
    ///
    /// @param recorded names of the services that the state has
    static Diagnostic declaresNothing(LoadedSpec loaded, List<String> recorded) {
        String files = loaded.sources().stream().map(Source::name).collect(Collectors.joining(", "));
        return Diagnostic.error(
                "The spec declares no service",
                (files.isEmpty() ? "Nothing" : files) + " declares nothing to run, while the state has "
                        + String.join(", ", recorded)
                        + ". A file may be cut off, half written or away for a moment, so that ends nothing. Nothing was"
                        + " changed. To end what runs: `skyhedge destroy`, or a removed block for each service.");
    }
}
