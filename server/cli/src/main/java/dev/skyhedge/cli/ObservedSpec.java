package dev.skyhedge.cli;

import dev.skyhedge.engine.plan.IgnoredChanges;
import dev.skyhedge.engine.reconcile.SpecConditions;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.Snapshot;
import java.util.List;
import java.util.SortedMap;

/// The conditions of a loaded spec, evaluated again on its text while it runs.
record ObservedSpec(LoadedSpec loaded, Snapshot snapshot) implements SpecConditions {
    @Override
    public boolean areOpen() {
        Spec spec = loaded.spec().orElseThrow();
        return !spec.checks().isEmpty()
                || spec.services().values().stream()
                        .anyMatch(service -> !service.preconditions().isEmpty());
    }

    @Override
    public Spec preconditions(Spec spec, SortedMap<String, Integer> settled) {
        return loaded.observing(settled)
                .map(observed ->
                        IgnoredChanges.keep(observed, snapshot.services()).spec())
                .orElse(spec);
    }

    @Override
    public List<CheckResult> checks(SortedMap<String, Integer> ready) {
        return loaded.observing(ready).map(Spec::checks).orElse(List.of());
    }
}
