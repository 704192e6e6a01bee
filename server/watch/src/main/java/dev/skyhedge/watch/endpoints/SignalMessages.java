package dev.skyhedge.watch.endpoints;

import dev.skyhedge.balancer.Signal;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.state.records.ReplicaKey;
import java.util.Locale;
import java.util.Optional;

/// The engine's words for what a balancer notices.
final class SignalMessages {
    private SignalMessages() {}

    /// What the engine is told; empty if it is of no use to it.
    static Optional<Message> of(Signal signal) {
        return switch (signal) {
            case Signal.Wake wake -> Optional.of(new Message.Woken(wake.service()));
            case Signal.ReplicaUnreachable lost ->
                Optional.of(new Message.Unreachable(key(lost.service(), lost.replica(), lost.generation())));
            case Signal.ReplicaEjected ejected ->
                Optional.of(new Message.Ejected(
                        key(ejected.service(), ejected.replica(), ejected.generation()), text(ejected)));
            case Signal.Drained drained ->
                Optional.of(new Message.Drained(key(drained.service(), drained.replica(), drained.generation())));
            case Signal.Departed _, Signal.ReplicaRecovered _, Signal.Saturated _ -> Optional.empty();
        };
    }

    private static String text(Signal.ReplicaEjected ejected) {
        return String.format(
                Locale.ROOT,
                "fails %.0f %% of its requests and its peers %.0f %%: it gets none for %s",
                100 * ejected.errorShare(),
                100 * ejected.peersShare(),
                Durations.text(ejected.pause()));
    }

    private static ReplicaKey key(String service, String replica, long generation) {
        return new ReplicaKey(service, replica, Math.toIntExact(generation));
    }
}
