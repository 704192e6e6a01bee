package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Ejection;
import dev.skyhedge.balancer.Statistics.ReplicaStatistics;
import dev.skyhedge.balancer.keys.ClientKeys;
import dev.skyhedge.balancer.prompt.PromptCaches;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Puts routing tables in use and knows the state of every replica in them; places requests, and turns what attempts
/// saw into signals. Those that cannot be placed wait in the [WaitingRoom].
///
/// Thread-safe. Its lock guards the order of tables and settings, and that a replica is not forgotten while a newer
/// table takes it back; requests are placed without it.
final class Router {
    /// Replicas of which it is known what they were given, and blocks of prompts that are: some 3 MB.
    private static final int CACHES = 256;

    private static final int CACHED_BLOCKS = 65_536;

    private final Meter meter;
    private final Signals signals;
    private final Upstreams upstreams;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final RetryBudget budget;
    private final MemoryBudget memory;
    private final RouteInUse route = new RouteInUse();
    private final WaitingRoom waiting;
    private final RetryAfter retryAfter;
    private final Ejections ejections;
    private final Departures departures;
    private final Revival revival;
    private final ClientKeys keys;
    private final AnswerTime answerTime = new AnswerTime();
    private final ConcurrentHashMap<TargetKey, Replica> replicas = new ConcurrentHashMap<>();
    private final AtomicLong requestIds = new AtomicLong();
    private final String requestIdPrefix;
    private Optional<PromptCaches<TargetKey>> caches = Optional.empty();
    private volatile boolean stopping;
    private volatile BalancerSettings settings;

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
        this.random = random;
        this.budget =
                new RetryBudget(settings.retry().budgetCap(), settings.retry().budgetPerRequest());
        this.memory = new MemoryBudget(settings.clients().keptBytes());
        this.departures = new Departures(scheduler, clock, settings.timeouts().removalGrace());
        this.waiting = new WaitingRoom(route, signals, scheduler, settings.hold());
        this.retryAfter = new RetryAfter(route, clock, meter, settings.hold().retryAfter());
        this.ejections = new Ejections(route, signals);
        this.revival = new Revival(upstreams, scheduler, waiting::anyHeld, waiting::release, this::notReached);
        this.keys = new ClientKeys(settings.keys());
        this.requestIdPrefix = Long.toHexString(random.nextLong()) + "-";
    }

    /// Takes over other settings; what waits goes on waiting.
    synchronized void update(BalancerSettings newer) {
        memory.give(newer.clients().keptBytes() - settings.clients().keptBytes());
        settings = newer;
        budget.limit(newer.retry().budgetCap(), newer.retry().budgetPerRequest());
        waiting.limit(newer.hold());
        retryAfter.limit(newer.hold().retryAfter());
        keys.use(newer.keys());
        waiting.release();
    }

    ClientKeys keys() {
        return keys;
    }

    /// Puts a newer table in use; an older one changes nothing.
    synchronized boolean route(RoutingTable table) {
        Route before = route.get();
        if (before != null && table.version() <= before.table.version()) {
            return false;
        }
        var next = new ArrayList<Replica>();
        for (Target target : table.targets()) {
            Replica replica = replicas.computeIfAbsent(target.key(), key -> newReplica(target));
            replica.routed(target);
            next.add(replica);
        }
        Route after =
                new Route(table, next, answerTime, () -> settings.limits().inFlightPerReplica(), cachesFor(table));
        route.replace(after);
        if (before != null) {
            before.replicas.stream().filter(old -> !next.contains(old)).forEach(this::unroute);
        }
        next.forEach(departures::routed);
        next.forEach(this::tellDrained);
        revival.watch(after.replicas);
        waiting.release();
        waiting.resumeElsewhere();
        return true;
    }

    /// Who has which prompts, while the policy asks; it is forgotten when another one takes its place.
    private Optional<PromptCaches<TargetKey>> cachesFor(RoutingTable table) {
        if (!table.policy().readsPrompts()) {
            caches = Optional.empty();
        } else if (caches.isEmpty()) {
            caches = Optional.of(new PromptCaches<>(CACHES, CACHED_BLOCKS));
        }
        caches.ifPresent(known -> known.route(table.targets().stream()
                .filter(target -> target.state() == Target.State.READY)
                .map(Target::key)
                .toList()));
        return caches;
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
    Pick choose(Set<Replica> tried, Subject subject) {
        Pick chosen = route.choose(tried, subject);
        if (chosen != null) {
            retryAfter.served();
            if (chosen.blocks() > 0) {
                meter.prefixBlocks.add(chosen.blocks());
                meter.prefixHitBlocks.add(chosen.seenBlocks());
            }
        }
        return chosen;
    }

    /// Whether what is asked decides who is chosen.
    boolean readsPrompts() {
        return route.readsPrompts();
    }

    /// Sizes of requests that are told apart; empty if none are.
    Optional<RequestSizes> sizes() {
        return route.sizes();
    }

    /// Whether a replica that was not tried can take a request.
    boolean hasOther(Set<Replica> tried) {
        return route.hasChoice(tried);
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
                case CLOSED -> recovered(replica, now);
            }
            tellDrained(replica);
            forgetIfIdle(replica);
            waiting.releaseOne();
        });
    }

    private void unreachable(Replica replica, FailureKind kind) {
        replica.ejected(Ejection.UNREACHABLE);
        signals.send(new Signal.ReplicaUnreachable(
                service(), replica.key.replica(), replica.key.generation(), kind, replica.breaker.openings()));
        long millis = TimeUnit.NANOSECONDS.toMillis(replica.breaker.nanosUntilTrial(System.nanoTime())) + 1;
        scheduler.schedule(waiting::release, millis, TimeUnit.MILLISECONDS);
        waiting.resumeElsewhere();
    }

    private void recovered(Replica replica, long now) {
        replica.slowStart.begin(now);
        signals.send(new Signal.ReplicaRecovered(service(), replica.key.replica(), replica.key.generation()));
    }

    /// A request failed at these, and it was not the request.
    void blame(List<Replica> atFault) {
        ejections.blame(atFault);
    }

    /// Takes replicas back whose ejection has ended. To be called now and then.
    void review() {
        long now = System.nanoTime();
        ejections.review(now).forEach(replica -> recovered(replica, now));
    }

    private void tellDrained(Replica replica) {
        if (replica.claimDrained()) {
            signals.send(new Signal.Drained(service(), replica.key.replica(), replica.key.generation()));
        }
    }

    /// Lets a request wait for a replica, and looks meanwhile whether an ejected one is back.
    ///
    /// @param bodyBytes of its body that are kept in memory
    /// @return false if too many wait
    boolean hold(Dispatch request, long bodyBytes) {
        retryAfter.unserved();
        boolean waits = waiting.hold(request, bodyBytes);
        if (waits) {
            revival.begin();
        }
        return waits;
    }

    /// Why a request that found no replica has to wait.
    Waits.Lack lack() {
        return route.lack();
    }

    WaitingRoom waiting() {
        return waiting;
    }

    RetryAfter retryAfter() {
        return retryAfter;
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

    String service() {
        return route.service();
    }

    long tableVersion() {
        return route.version();
    }

    List<ReplicaStatistics> replicaStatistics() {
        Route current = route.get();
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
