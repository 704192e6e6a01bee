package dev.skyhedge.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// When providers are to be asked again what is there, because an instance was not to be seen that may be too
/// young
/// to be.
final class SecondLooks {
    /// The first instant at which what is not to be seen is not there.
    private static final Duration JUST_AFTER = Duration.ofMillis(1);

    private final SortedMap<String, Instant> at = new TreeMap<>();

    /// From this instant on an observation of the provider would show the instance. The earliest look comes
    /// first; it
    /// asks for the others.
    void after(String provider, Instant visible) {
        at.merge(provider, visible.plus(JUST_AFTER), (one, other) -> one.isBefore(other) ? one : other);
    }

    /// Asks the providers whose time has come, and asks to be woken for the others.
    void take(Draft draft) {
        at.entrySet().removeIf(look -> {
            boolean due = !look.getValue().isAfter(draft.now());
            if (due) {
                draft.effect(new Effect.Observe(look.getKey()));
            } else {
                draft.wakeAt(look.getValue());
            }
            return due;
        });
    }
}
