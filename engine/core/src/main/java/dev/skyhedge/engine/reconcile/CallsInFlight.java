package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which open intents have a call under way in this process, and when others are worth another one.
final class CallsInFlight {
    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Pause> pauses = new HashMap<>();

    private record Pause(int attempts, Instant until) {
        /// No pause is longer than the longest: if it seems to be, the clock was set back.
        boolean isOver(Instant now) {
            return !until.isAfter(now) || until.isAfter(now.plus(BACK_OFF.longest()));
        }
    }

    void started(String intentId) {
        underWay.add(intentId);
    }

    void ended(String intentId) {
        underWay.remove(intentId);
    }

    /// Whether a call may be made now.
    boolean isDue(String intentId, Instant now) {
        Pause pause = pauses.get(intentId);
        return !underWay.contains(intentId) && (pause == null || pause.isOver(now));
    }

    /// When a call that is not under way may be made again; empty if it is under way or has not failed yet.
    Optional<Instant> pausedUntil(String intentId) {
        return Optional.ofNullable(pauses.get(intentId))
                .filter(_ -> !underWay.contains(intentId))
                .map(Pause::until);
    }

    boolean anyUnderWay() {
        return !underWay.isEmpty();
    }

    boolean isUnderWay(String intentId) {
        return underWay.contains(intentId);
    }

    /// Notes that the call has to be repeated, after a pause that doubles each time.
    void retryLater(String intentId, Instant now) {
        int attempts = pauses.containsKey(intentId) ? pauses.get(intentId).attempts() + 1 : 1;
        pauses.put(intentId, new Pause(attempts, now.plus(BACK_OFF.after(attempts))));
    }

    void settled(String intentId) {
        underWay.remove(intentId);
        pauses.remove(intentId);
    }
}
