package dev.skyhedge.engine.guard;

import dev.skyhedge.engine.declared.UndeclaredWorkloads;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.crossread.CrossReading;
import dev.skyhedge.specs.crossread.RemovalCheck;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Before workloads are removed because their blocks are gone, a second reader and a plain search for words
/// must agree that they are gone: a mistake of our own reader must not end what serves users.
public final class RemovalGuard {
    private RemovalGuard() {}

    /// Reads the files once more, in another way.
    public interface SecondReading {
        /// Whether workloads of these names are really gone from the files.
        RemovalCheck check(List<Source> files, List<String> gone);
    }

    /// What speaks against the removals that a spec implies; empty if nothing does.
    ///
    /// @param files that the spec was read from
    /// @param confirmed names that the user has confirmed to be gone
    /// @param secondReading asked only if something would be removed
    public static List<Diagnostic> objections(
            Spec spec,
            List<Source> files,
            Snapshot snapshot,
            PlanOptions options,
            Set<String> confirmed,
            SecondReading secondReading) {
        List<String> undeclared = UndeclaredWorkloads.of(spec, snapshot.services()).stream()
                .map(WorkloadRecord::name)
                .filter(name -> options.targets().isEmpty() || options.targets().contains(name))
                .filter(name -> !confirmed.contains(name))
                .toList();
        if (!options.destroy() && spec.workloads().isEmpty() && !undeclared.isEmpty()) {
            return List.of(EmptyWorld.ofSpec(files, undeclared));
        }
        List<String> gone = undeclared.stream()
                .filter(name -> options.removals().include(name))
                .toList();
        return options.destroy() || gone.isEmpty() ? List.of() : doubts(gone, secondReading.check(files, gone));
    }

    private static List<Diagnostic> doubts(List<String> gone, RemovalCheck check) {
        if (check.isCertain()) {
            return List.of();
        }
        List<Diagnostic> doubts = new ArrayList<>(check.mentions());
        switch (check.reading()) {
            case CrossReading.Agreed _ -> {}
            case CrossReading.Disagreed(List<Diagnostic> diagnostics) -> doubts.addAll(diagnostics);
            case CrossReading.NotRead(String why) ->
                doubts.add(Diagnostic.error("The spec could not be read a second time", why));
        }
        doubts.add(Diagnostic.error(
                "The removal of " + String.join(", ", gone) + " is not certain",
                "A plan removes a service because its block is gone only if two independent readers of the files agree "
                        + "that it is. If you have looked and it is: "
                        + String.join(
                                " ",
                                gone.stream()
                                        .map(name -> "-confirm-removal=" + name)
                                        .toList())));
        return doubts;
    }
}
