package dev.skyhedge.balancer;

/// Receives [Signal]s in order, one at a time. It may block; while it does, later signals queue.
@FunctionalInterface
public interface SignalListener {
    void onSignal(Signal signal);
}
