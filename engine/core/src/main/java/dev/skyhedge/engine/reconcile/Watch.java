package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.Spec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps the world as the spec wants it until somebody stops it.
public final class Watch implements Goal {
    @Override
    public Step step(Reconciler reconciler, List<Message> messages, Instant now) {
        return reconciler.react(messages, now);
    }

    @Override
    public Optional<Ending> reached(Spec spec, Step step, World world) {
        return Optional.empty();
    }
}
