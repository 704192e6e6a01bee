package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.BreakerState;
import dev.skyhedge.balancer.Statistics.Ejection;
import dev.skyhedge.balancer.Statistics.ReplicaStatistics;
import dev.skyhedge.balancer.policy.XxHash64;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.client.Origin;

/// What the balancer knows of one replica while it runs. It survives routing tables, and a request keeps its
/// reference: nothing is ever looked up by name again. Thread-safe.
final class Replica {
    final TargetKey key;
    /// By its name, so that what takes its place keeps its sessions.
    final long identity;
    final Breaker breaker;
    final Standing standing = new Standing();
    final ErrorLoad errorLoad = new ErrorLoad();
    final SlowStart slowStart = new SlowStart();
    final IdleConnections idle;
    final RunningAttempts running = new RunningAttempts();
    final Origin origin;
    final URI root;
    final AtomicBoolean probing = new AtomicBoolean();
    final LongAdder requests = new LongAdder();
    private volatile long lastRequestMillis;
    final LongAdder responses = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final Map<Ejection, LongAdder> ejections = new EnumMap<>(Ejection.class);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong unreadTokens = new AtomicLong();
    private final AtomicLong workNanos = new AtomicLong();
    private final AtomicBoolean drainedTold = new AtomicBoolean();
    private volatile Target target;
    private volatile boolean routed = true;

    Replica(Target target, Breaker breaker, int maxIdleConnections) {
        this.key = target.key();
        byte[] name = target.replica().getBytes(StandardCharsets.UTF_8);
        this.identity = XxHash64.of(name, 0, name.length, 0);
        this.target = target;
        this.breaker = breaker;
        this.idle = new IdleConnections(maxIdleConnections);
        for (Ejection reason : Ejection.values()) {
            ejections.put(reason, new LongAdder());
        }
        String host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
        this.origin = target.certificate()
                .map(only -> new Origin("https", target.host(), target.port(), PinnedTls.Pin.of(only)))
                .orElseGet(() -> new Origin("http", target.host(), target.port()));
        this.root = URI.create(origin.getScheme() + "://" + host + ":" + target.port() + "/");
    }

    Target target() {
        return target;
    }

    /// Takes over what a newer table says.
    void routed(Target newer) {
        if (newer.state() == Target.State.READY && !takesRequests()) {
            // Its probes found it ready after it had left.
            breaker.offerTrial(System.nanoTime());
            standing.clear();
            slowStart.begin(System.nanoTime());
        }
        target = newer;
        routed = true;
        if (newer.state() == Target.State.READY) {
            drainedTold.set(false);
            idle.open();
        } else {
            idle.close();
        }
    }

    /// No table names it any more.
    void unrouted() {
        routed = false;
        idle.close();
    }

    boolean isRouted() {
        return routed;
    }

    /// Whether the newest table names it as taking requests.
    boolean takesRequests() {
        return routed && target.state() == Target.State.READY;
    }

    /// Whether nothing speaks against connecting to it.
    boolean isReachable() {
        return breaker.state() == BreakerState.CLOSED;
    }

    void ejected(Ejection reason) {
        Objects.requireNonNull(ejections.get(reason)).increment();
    }

    int inFlight() {
        return inFlight.get();
    }

    void began() {
        inFlight.incrementAndGet();
        requests.increment();
        lastRequestMillis = System.currentTimeMillis();
    }

    /// Tokens of prompts, as far as they are known, that it was sent and has answered nothing to.
    long unreadTokens() {
        return unreadTokens.get();
    }

    /// @param more below 0 for those that it has read
    void reads(long more) {
        unreadTokens.addAndGet(more);
    }

    /// That what is in flight takes it, as far as sizes are known, each as if alone.
    long workNanos() {
        return workNanos.get();
    }

    /// @param more below 0 for what has ended
    void works(long more) {
        if (more != 0) {
            workNanos.addAndGet(more);
        }
    }

    /// When the latest attempt on it began; empty if there was none.
    Optional<Instant> lastRequestAt() {
        long millis = lastRequestMillis;
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    /// True exactly once for every time that it is draining and has nothing in flight.
    boolean claimDrained() {
        return target.state() == Target.State.DRAINING && inFlight.get() == 0 && drainedTold.compareAndSet(false, true);
    }

    /// Why it takes no requests though the routing table says so; empty if it does.
    ///
    /// @param leftOut it is ejected for its errors
    private Optional<Ejection> ejection(boolean leftOut) {
        if (!isReachable()) {
            return Optional.of(Ejection.UNREACHABLE);
        }
        return leftOut ? Optional.of(Ejection.ERROR_SHARE) : Optional.empty();
    }

    /// @param leftOut it is ejected for its errors
    ReplicaStatistics statistics(boolean leftOut) {
        var counts = new TreeMap<Ejection, Long>();
        ejections.forEach((reason, count) -> counts.put(reason, count.sum()));
        return new ReplicaStatistics(
                key.replica(),
                key.generation(),
                breaker.state(),
                target.state() == Target.State.DRAINING,
                inFlight.get(),
                requests.sum(),
                responses.sum(),
                failures.sum(),
                counts,
                ejection(leftOut));
    }
}
