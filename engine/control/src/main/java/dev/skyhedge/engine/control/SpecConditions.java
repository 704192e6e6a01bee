package dev.skyhedge.engine.control;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.Spec;
import java.util.List;
import java.util.SortedMap;

/// Evaluates the conditions of a spec that ask for what is known only while it runs. Pure; asked only when the
/// figures have changed.
public interface SpecConditions {
    /// Of a spec that has none.
    SpecConditions NONE = new SpecConditions() {
        @Override
        public boolean areOpen() {
            return false;
        }

        @Override
        public Spec preconditions(Spec spec, SortedMap<String, Integer> settled) {
            return spec;
        }

        @Override
        public List<CheckResult> checks(SortedMap<String, Integer> ready) {
            return List.of();
        }
    };

    /// Whether there are any.
    boolean areOpen();

    /// The spec with its preconditions as they are now.
    ///
    /// @param spec as it was before
    /// @param settled ready replicas of services that have all that is wanted of them
    Spec preconditions(Spec spec, SortedMap<String, Integer> settled);

    /// What the checks say now.
    ///
    /// @param ready ready replicas of all services
    List<CheckResult> checks(SortedMap<String, Integer> ready);
}
