package dev.skyhedge.engine.declared;

import dev.skyhedge.engine.plan.AgreedRemovals;

/// How much a spec in files counts where it meets a state.
public sealed interface SpecOrder {
    /// All of it; what goes has been seen by whoever gave it.
    SpecOrder WHOLE = new Declared(AgreedRemovals.ALL);

    /// Which services may go because the spec does not declare them.
    AgreedRemovals removals();

    /// What is declared, and beside it what may not go, as it is recorded.
    record Declared(AgreedRemovals removals) implements SpecOrder {}

    /// Nothing but its providers: services are as they are recorded.
    record Recorded() implements SpecOrder {
        @Override
        public AgreedRemovals removals() {
            return AgreedRemovals.NONE;
        }
    }
}
