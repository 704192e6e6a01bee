package dev.skyhedge.balancer;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// What a refused client is told of when to come back. By itself, because it needs a memory that placing requests
/// does not: since when nobody has been served.
///
/// Thread-safe, without a lock: a client that is told of the moment before is told well enough.
final class RetryAfter {
    /// While no request has ended.
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private final RouteInUse route;
    private final InstantSource clock;
    private final Meter meter;
    private final AtomicLong unservedSince = new AtomicLong();
    private volatile Duration longest;

    /// @param longest that is said when nothing is known
    RetryAfter(RouteInUse route, InstantSource clock, Meter meter, Duration longest) {
        this.route = route;
        this.clock = clock;
        this.meter = meter;
        this.longest = longest;
    }

    void limit(Duration newLongest) {
        longest = newLongest;
    }

    /// A request has found a replica.
    void served() {
        if (unservedSince.get() != 0) {
            unservedSince.set(0);
        }
    }

    /// A request has found none.
    void unserved() {
        unservedSince.compareAndSet(0, System.nanoTime());
    }

    /// For who found no replica: when the next one is expected or an ejected one is tried again. If neither is known,
    /// after as long as nobody has been served: who asks then has asked a few times in all, and never long after
    /// the end of it.
    Duration whenUnserved() {
        long now = System.nanoTime();
        return route.nextChance(clock.instant(), now).orElseGet(() -> {
            long since = unservedSince.get();
            return atMostLongest(Duration.ofNanos(since == 0 ? 0 : now - since));
        });
    }

    /// For who is one too many: when there should be room for another request, after as long as one takes.
    Duration whenOverloaded() {
        Duration usual = meter.durations.mean();
        return atMostLongest(usual.isZero() ? UNKNOWN : usual);
    }

    private Duration atMostLongest(Duration time) {
        Duration limit = longest;
        return time.compareTo(limit) < 0 ? time : limit;
    }
}
