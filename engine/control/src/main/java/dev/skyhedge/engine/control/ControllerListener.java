package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.PlacedOrder;
import java.util.List;

/// Is told by a controller's loop what happens, in order; returns quickly.
public interface ControllerListener {
    /// A step was committed and its effects were started.
    void stepped(Step step);

    /// The replicas that may take traffic have changed. Called before the effects of the step are started.
    void routed(Routes routes);

    /// These orders wait for an answer; said again until they have one.
    default void ordered(List<PlacedOrder> waiting) {}

    /// A provider could not be asked.
    void providerFailed(String provider, Failure failure);
}
