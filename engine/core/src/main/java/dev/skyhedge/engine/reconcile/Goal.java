package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.Spec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a controller runs for.
public interface Goal {
    /// Makes the next step.
    Step step(Reconciler reconciler, List<Message> messages, Instant now);

    /// Whether it is reached, or out of reach, now that nothing is left to commit. Pure.
    Optional<Ending> reached(Spec spec, Step step, World world);
}
