package dev.skyhedge.providers.aws.fake;

import java.time.Duration;
import java.util.Set;

/// How the fake behaves. Every change is for the calls that follow it.
public final class Rules {
    volatile Duration boot = Duration.ofSeconds(2);
    volatile Duration shutdown = Duration.ofSeconds(2);
    volatile Duration lag = Duration.ZERO;
    volatile Duration retention = Duration.ofHours(1);
    volatile double callsPerSecond = Double.POSITIVE_INFINITY;
    volatile int burst = 1;
    volatile long shortestAnswerMillis;
    volatile long longestAnswerMillis;
    private volatile Set<String> actions = Set.of();
    volatile boolean remembersTokens = true;
    volatile boolean filtersByTagOnly;

    /// From launch to running.
    public Rules boot(Duration time) {
        boot = time;
        return this;
    }

    /// From shutting down to terminated.
    public Rules shutdown(Duration time) {
        shutdown = time;
        return this;
    }

    /// How long a launched instance is neither listed nor found by its id.
    public Rules lag(Duration time) {
        lag = time;
        return this;
    }

    /// How long a terminated instance is still listed.
    public Rules retention(Duration time) {
        retention = time;
        return this;
    }

    /// Calls of each region over this rate are throttled.
    public Rules throttle(double perSecond, int bucket) {
        callsPerSecond = perSecond;
        burst = bucket;
        return this;
    }

    /// Every call takes this long, a region always the same.
    public Rules latency(long shortestMillis, long longestMillis) {
        shortestAnswerMillis = shortestMillis;
        longestAnswerMillis = longestMillis;
        return this;
    }

    /// As some emulators do: a client token is told back but does not stop a second launch.
    public Rules forgetTokens() {
        remembersTokens = false;
        return this;
    }

    /// As some emulators do: knows no other actions than these.
    public Rules knowOnly(String... known) {
        actions = Set.of(known);
        return this;
    }

    boolean knows(String action) {
        return actions.isEmpty() || actions.contains(action);
    }

    /// As some emulators do: HTTP 500 for filters other than tags, state and ids.
    public Rules knowFewFilters() {
        filtersByTagOnly = true;
        return this;
    }
}
