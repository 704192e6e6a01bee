package dev.skyhedge.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which providers do not say what is there, and since when. What they offer some know without their cloud.
final class Silence {
    /// After this time others stand in for a provider that does not answer. It comes on top of the time for which
    /// the provider itself repeats its calls, so that a moment's silence never rents anything twice.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Instant> since = new HashMap<>();

    /// A question was not answered.
    void heardNothing(String provider, Instant at) {
        since.putIfAbsent(provider, at);
    }

    /// A question was answered.
    void heard(String provider) {
        since.remove(provider);
    }

    /// The providers of which nothing is to be expected.
    Set<String> givenUp(Instant now) {
        return since.entrySet().stream()
                .filter(silent -> !silent.getValue().plus(PATIENCE).isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
