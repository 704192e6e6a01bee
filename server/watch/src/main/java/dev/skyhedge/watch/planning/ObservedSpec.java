package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.control.SpecConditions;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.Snapshot;
import java.util.List;
import java.util.SortedMap;

/// The conditions of a loaded spec, evaluated again on its text while it runs.
record ObservedSpec(FollowedSpec followed, Snapshot snapshot) implements SpecConditions {
    @Override
    public boolean areOpen() {
        Spec spec = followed.loaded().spec().orElseThrow();
        return followed.isDeclared()
                && (!spec.checks().isEmpty()
                        || spec.workloads().values().stream()
                                .anyMatch(workload -> !workload.preconditions().isEmpty()));
    }

    @Override
    public Spec preconditions(Spec spec, SortedMap<String, Integer> settled) {
        return followed.loaded()
                .observing(settled)
                .map(observed -> followed.against(observed, snapshot))
                .orElse(spec);
    }

    @Override
    public List<CheckResult> checks(SortedMap<String, Integer> ready) {
        return followed.loaded().observing(ready).map(Spec::checks).orElse(List.of());
    }
}
