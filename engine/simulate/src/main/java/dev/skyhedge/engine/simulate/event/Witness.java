package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.reconcile.Effect;
import dev.skyhedge.engine.reconcile.Step;

/// Is shown what a [SimulatedController] does while it does it. What it throws ends the controller's run there
/// and then, as a kill of its process would: another controller may go on from the state.
public interface Witness {
    /// Sees nothing.
    Witness NONE = new Witness() {};

    /// A step with changes is about to be committed.
    default void committing(Step step) {}

    /// A step with changes was committed; its effects have not begun.
    default void committed(Step step) {}

    /// A call that creates or destroys was made; its answer is on its way.
    default void called(Effect effect) {}

    /// A step is over, with its effects begun.
    default void stepped(Step step) {}
}
