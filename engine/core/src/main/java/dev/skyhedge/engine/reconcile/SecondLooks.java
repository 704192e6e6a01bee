package dev.skyhedge.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// When providers are to be asked again what is there, because they did not show an instance that may be too
/// young to be shown.
final class SecondLooks {
    /// What is not shown even then is not there.
    private static final Duration JUST_AFTER = Duration.ofMillis(1);

    private final SortedMap<String, Instant> at = new TreeMap<>();

    /// After this instant an observation of the provider would show the instance. The earliest look comes first,
    /// and asks for those after it.
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
