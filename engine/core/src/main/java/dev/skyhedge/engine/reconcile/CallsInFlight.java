package dev.skyhedge.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which open intents have a call under way in this process, and when others are worth another one.
final class CallsInFlight {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 6;

    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Pause> pauses = new HashMap<>();

    private record Pause(int attempts, Instant until) {
        /// No pause is longer than the longest: if it seems to be, the clock was set back.
        boolean isOver(Instant now) {
            return !until.isAfter(now) || until.isAfter(now.plus(MAX_PAUSE));
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
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        Instant until = now.plus(doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE);
        pauses.put(intentId, new Pause(attempts, until));
    }

    void settled(String intentId) {
        underWay.remove(intentId);
        pauses.remove(intentId);
    }
}
