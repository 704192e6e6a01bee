package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Ejection;
import dev.skyhedge.balancer.Statistics.ReplicaStatistics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Knows the routing table in use and the state of every replica in it; places requests, holds those that
/// cannot be placed, and turns what attempts saw into signals. Thread-safe.
final class Router {
    private final Meter meter;
    private final Signals signals;
    private final Upstreams upstreams;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final RetryBudget budget;
    private final MemoryBudget memory;
    private final HoldQueue<Exchange> held;
    private final HoldQueue<Exchange> postponed;
    private final Departures departures;
    private final Revival revival;
    private final AnswerTime answerTime = new AnswerTime();
    private final Set<Replica> ejected = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<TargetKey, Replica> replicas = new ConcurrentHashMap<>();
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicBoolean saturated = new AtomicBoolean();
    private final AtomicLong requestIds = new AtomicLong();
    private final String requestIdPrefix;
    private volatile @Nullable Route route;
    private volatile boolean stopping;
    private volatile BalancerSettings settings;
    private final AtomicLong unservedSince = new AtomicLong();

    Router(
            BalancerSettings settings,
            Meter meter,
            Signals signals,
            Upstreams upstreams,
            Scheduler scheduler,
            InstantSource clock,
            RandomGenerator random) {
        this.settings = settings;
        this.meter = meter;
        this.signals = signals;
        this.upstreams = upstreams;
        this.scheduler = scheduler;
        this.clock = clock;
        this.random = random;
        this.budget =
                new RetryBudget(settings.retry().budgetCap(), settings.retry().budgetPerRequest());
        this.memory = new MemoryBudget(settings.clients().keptBytes());
        this.departures = new Departures(scheduler, clock, settings.timeouts().removalGrace());
        this.revival = new Revival(upstreams, scheduler, this::anyHeld, this::releaseHeld, this::notReached);
        this.postponed =
                new HoldQueue<>(settings.hold().requests(), settings.hold().bodyBytes());
        this.held = new HoldQueue<>(settings.hold().requests(), settings.hold().bodyBytes());
        this.requestIdPrefix = Long.toHexString(random.nextLong()) + "-";
    }

    /// Takes over other settings; what waits goes on waiting.
    synchronized void update(BalancerSettings newer) {
        memory.give(newer.clients().keptBytes() - settings.clients().keptBytes());
        settings = newer;
        budget.limit(newer.retry().budgetCap(), newer.retry().budgetPerRequest());
        held.limit(newer.hold().requests(), newer.hold().bodyBytes());
        postponed.limit(newer.hold().requests(), newer.hold().bodyBytes());
    }

    /// Puts a newer table in use; an older one changes nothing.
    synchronized boolean route(RoutingTable table) {
        Route before = route;
        if (before != null && table.version() <= before.table.version()) {
            return false;
        }
        var next = new ArrayList<Replica>();
        for (Target target : table.targets()) {
            Replica replica = replicas.computeIfAbsent(target.key(), key -> newReplica(target));
            replica.routed(target);
            next.add(replica);
        }
        Route after = new Route(table, next, answerTime);
        route = after;
        if (before != null) {
            before.replicas.stream().filter(old -> !next.contains(old)).forEach(this::unroute);
        }
        next.forEach(departures::routed);
        next.forEach(this::tellDrained);
        revival.watch(after.replicas);
        releaseHeld();
        postponed.removeAll(Exchange::hasOtherReplica).forEach(Exchange::resumeElsewhere);
        return true;
    }

    private Replica newReplica(Target target) {
        var replica = new Replica(target, new Breaker(random), settings.limits().idleConnections());
        replica.slowStart.begin(System.nanoTime());
        return replica;
    }

    private void unroute(Replica replica) {
        replica.unrouted();
        departures.removed(replica);
        forgetIfIdle(replica);
    }

    private void forgetIfIdle(Replica replica) {
        if (!replica.isRouted() && replica.inFlight() == 0) {
            synchronized (this) { // a newer table may be taking it back right now
                if (!replica.isRouted()) {
                    if (replicas.remove(replica.key, replica)) {
                        signals.send(new Signal.Departed(
                                service(), replica.key.replica(), replica.key.generation(), replica.lastRequestAt()));
                    }
                }
            }
        }
    }

    /// Chooses a replica and claims it; null if none can take the request now.
    @Nullable
    Replica choose(Set<Replica> tried) {
        Route current = route;
        Replica chosen = current == null ? null : current.choose(tried, System.nanoTime());
        if (chosen != null && unservedSince.get() != 0) {
            unservedSince.set(0);
        }
        return chosen;
    }

    /// Whether a replica that was not tried can take a request.
    boolean hasOther(Set<Replica> tried) {
        Route current = route;
        return current != null && current.hasChoice(tried, System.nanoTime());
    }

    /// Whether a replica is believed to serve: named by the table, ready, and not ejected.
    boolean isAlive(Replica replica) {
        long now = System.nanoTime();
        return replica.takesRequests() && replica.breaker.permits(now) && !replica.standing.isEjected(now);
    }

    /// Whether a replica is known to have died, to leave, or to fail what its peers serve.
    boolean isGone(Replica replica) {
        return !replica.takesRequests() || !replica.isReachable() || replica.standing.isEjected(System.nanoTime());
    }

    /// Opens a connection to a replica to see whether it lives; what is found is in [#isGone].
    void look(Replica replica) {
        revival.probe(replica);
    }

    private void notReached(Replica replica, Throwable cause) {
        if (!Failures.isLocal(cause)) {
            FailureKind kind = Failures.ofConnect(cause);
            boolean timedOut = kind == FailureKind.CONNECT_TIMEOUT;
            if (replica.breaker.unreachable(timedOut, System.nanoTime()) == Breaker.Change.OPENED) {
                unreachable(replica, kind);
            }
        }
    }

    /// Counts an attempt out, and tells what follows from it.
    void closed(Flight flight, Flight.Outcome outcome) {
        Replica replica = flight.replica();
        long now = System.nanoTime();
        if (outcome instanceof Flight.Outcome.Answered) {
            answerTime.record(flight.age(now));
        }
        flight.close(outcome, now, answerTime.nanos()).ifPresent(change -> {
            switch (change) {
                case NONE -> {}
                case OPENED -> {
                    if (outcome instanceof Flight.Outcome.Failed(FailureKind kind)) {
                        unreachable(replica, kind);
                    }
                }
                case CLOSED -> {
                    replica.slowStart.begin(now);
                    recovered(replica);
                }
            }
            tellDrained(replica);
            forgetIfIdle(replica);
            if (held.size() > 0) {
                releaseOne();
            }
        });
    }

    private void unreachable(Replica replica, FailureKind kind) {
        replica.ejected(Ejection.UNREACHABLE);
        signals.send(new Signal.ReplicaUnreachable(
                service(), replica.key.replica(), replica.key.generation(), kind, replica.breaker.openings()));
        long millis = TimeUnit.NANOSECONDS.toMillis(replica.breaker.nanosUntilTrial(System.nanoTime())) + 1;
        scheduler.schedule(this::releaseHeld, millis, TimeUnit.MILLISECONDS);
        postponed.removeAll(Exchange::hasOtherReplica).forEach(Exchange::resumeElsewhere);
    }

    private void recovered(Replica replica) {
        signals.send(new Signal.ReplicaRecovered(service(), replica.key.replica(), replica.key.generation()));
    }

    /// A request failed at these, and it was not the request.
    void blame(List<Replica> atFault) {
        Route current = route;
        if (current != null && !atFault.isEmpty()) {
            long now = System.nanoTime();
            current.blame(atFault, now).ifPresent(replica -> standsOut(replica, current, now));
        }
    }

    private void standsOut(Replica replica, Route current, long now) {
        replica.ejected(Ejection.ERROR_SHARE);
        ejected.add(replica);
        signals.send(new Signal.ReplicaEjected(
                service(),
                replica.key.replica(),
                replica.key.generation(),
                replica.standing.shareWhenEjected(),
                current.peersOf(replica, now).share(),
                Duration.ofNanos(replica.standing.nanosUntilReturn(now))));
    }

    /// Ends ejections that have lasted long enough, or whose peers fail alike by now. To be called now and then.
    void review() {
        Route current = route;
        if (current == null || ejected.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        current.exonerate(now);
        for (Replica replica : List.copyOf(ejected)) {
            if (!replica.isRouted()) {
                ejected.remove(replica);
            } else if (!replica.standing.isEjected(now)) {
                ejected.remove(replica);
                replica.slowStart.begin(now);
                recovered(replica);
            }
        }
    }

    private void tellDrained(Replica replica) {
        if (replica.claimDrained()) {
            signals.send(new Signal.Drained(service(), replica.key.replica(), replica.key.generation()));
        }
    }

    /// Lets a request wait for a replica.
    ///
    /// @param bodyBytes of its body that are kept in memory
    /// @return false if the queue is full
    boolean hold(Exchange exchange, long bodyBytes) {
        unservedSince.compareAndSet(0, System.nanoTime());
        switch (held.offer(exchange, bodyBytes)) {
            case FIRST -> signals.send(new Signal.Wake(service(), 1));
            case QUEUED -> {}
            case FULL -> {
                if (saturated.compareAndSet(false, true)) {
                    signals.send(new Signal.Saturated(service(), held.size()));
                }
                return false;
            }
        }
        revival.begin();
        return true;
    }

    /// Lets a request wait though there is a replica: that one just refused it.
    ///
    /// @param bodyBytes of its body that are kept in memory
    /// @param millis until it tries again, unless a new table names another replica before
    /// @return false if too many wait
    boolean postpone(Exchange exchange, long bodyBytes, long millis) {
        if (postponed.offer(exchange, bodyBytes) == HoldQueue.Offer.FULL) {
            return false;
        }
        scheduler.schedule(() -> retryPostponed(exchange), millis, TimeUnit.MILLISECONDS);
        return true;
    }

    private void retryPostponed(Exchange exchange) {
        if (postponed.remove(exchange)) {
            exchange.resume();
        }
    }

    /// Takes a request out of the queues; false if it had left already.
    boolean unhold(Exchange exchange) {
        return held.remove(exchange) || postponed.remove(exchange);
    }

    private boolean anyHeld() {
        return held.size() > 0;
    }

    /// Gives held requests to replicas that have room. Runs once at a time; a call during a run makes it run
    /// again.
    void releaseHeld() {
        if (releases.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            Route current = route;
            int room = current == null ? 0 : current.room(settings.hold().releasePerReplica(), System.nanoTime());
            while (room-- > 0 && releaseNext()) {}
            missed = releases.addAndGet(-missed);
        } while (missed != 0);
    }

    /// A request ended: the next one may take its place.
    private void releaseOne() {
        if (hasOther(Set.of())) {
            releaseNext();
        }
    }

    private boolean releaseNext() {
        Exchange next = held.poll();
        if (next == null) {
            return false;
        }
        saturated.set(false);
        next.resume();
        return true;
    }

    /// Refuses everything that waits.
    void refuseHeld() {
        for (Exchange next = held.poll(); next != null; next = held.poll()) {
            next.stopHeld();
        }
        postponed.removeAll(exchange -> true).forEach(Exchange::stopHeld);
    }

    /// When a refused client should come back: when the next replica is expected or an ejected one is tried again. If
    /// neither is known, after as long as nobody has been served: who asks then has asked a few times in all, and
    /// never long after the end of it.
    Duration retryAfter() {
        long now = System.nanoTime();
        return nextChance(now).orElseGet(() -> {
            long since = unservedSince.get();
            Duration unserved = Duration.ofNanos(since == 0 ? 0 : now - since);
            return unserved.compareTo(settings.hold().retryAfter()) < 0
                    ? unserved
                    : settings.hold().retryAfter();
        });
    }

    private Optional<Duration> nextChance(long now) {
        Route current = route;
        if (current == null) {
            return Optional.empty();
        }
        Stream<Duration> expected =
                current.table.expectedReadyAt().stream().map(at -> Duration.between(clock.instant(), at));
        Stream<Duration> trials = current.replicas.stream()
                .filter(Replica::takesRequests)
                .map(replica -> Duration.ofNanos(replica.breaker.nanosUntilTrial(now)));
        return Stream.concat(expected, trials).filter(Duration::isPositive).min(Comparator.naturalOrder());
    }

    /// When there should be room for another request: after as long as one takes.
    Duration retryWhenOverloaded() {
        Duration mean = meter.durations.mean();
        return mean.compareTo(settings.hold().retryAfter()) < 0
                ? mean
                : settings.hold().retryAfter();
    }

    MemoryBudget memory() {
        return memory;
    }

    void arrived() {
        meter.arrivals.increment();
        meter.inFlight.incrementAndGet();
        budget.arrived();
    }

    void left() {
        meter.inFlight.decrementAndGet();
    }

    boolean takeRetry() {
        boolean taken = budget.take();
        if (!taken) {
            meter.retryBudgetExhausted.increment();
        }
        return taken;
    }

    /// A delay spread evenly around the given one.
    long jitter(long millis, double share) {
        return Math.round(millis * (1 + share * (2 * random.nextDouble() - 1)));
    }

    String requestId() {
        return requestIdPrefix + Long.toHexString(requestIds.incrementAndGet());
    }

    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    int heldCount() {
        return held.size() + postponed.size();
    }

    String service() {
        Route current = route;
        return current == null ? "" : current.table.service();
    }

    long tableVersion() {
        Route current = route;
        return current == null ? 0 : current.table.version();
    }

    List<ReplicaStatistics> replicaStatistics() {
        Route current = route;
        long now = System.nanoTime();
        return replicas.values().stream()
                .map(replica -> replica.statistics(current != null && current.leavesOut(replica, now)))
                .sorted(Comparator.comparing(ReplicaStatistics::replica).thenComparing(ReplicaStatistics::generation))
                .toList();
    }

    BalancerSettings settings() {
        return settings;
    }

    Meter meter() {
        return meter;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    Scheduler scheduler() {
        return scheduler;
    }
}
