package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.guard.RemovalGuard;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.specs.crossread.CrossReader;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.watch.installation.Refusal;
import java.util.List;
import java.util.Set;

/// Has the files of a spec read a second time before services are removed by it, as [RemovalGuard] wants it.
public final class CertainRemovals {
    private CertainRemovals() {}

    /// Returns if nothing speaks against the removals that the spec implies.
    ///
    /// @param confirmed names that the user has confirmed to be gone
    /// @throws Refusal if a service would be removed that may not be gone
    public static void require(LoadedSpec loaded, Snapshot snapshot, PlanOptions options, Set<String> confirmed) {
        List<Diagnostic> objections = RemovalGuard.objections(
                loaded.spec().orElseThrow(), loaded.sources(), snapshot, options, confirmed, CrossReader::removals);
        if (!objections.isEmpty()) {
            throw new Refusal(objections);
        }
    }
}
