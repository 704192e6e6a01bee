package dev.skyhedge.watch.endpoints;

import dev.skyhedge.balancer.Balancer;
import dev.skyhedge.balancer.BalancerSettings;
import dev.skyhedge.balancer.RequestSizes;
import dev.skyhedge.balancer.RoutingTable;
import dev.skyhedge.balancer.Signal;
import dev.skyhedge.balancer.StartResult;
import dev.skyhedge.balancer.Statistics;
import dev.skyhedge.balancer.Target;
import dev.skyhedge.balancer.continuation.Continuation;
import dev.skyhedge.balancer.keys.Keys;
import dev.skyhedge.engine.control.Credentials;
import dev.skyhedge.engine.control.ReplicaKeys;
import dev.skyhedge.engine.control.Secrets;
import dev.skyhedge.engine.plan.MeasuredLoad;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.scaling.LoadWindow;
import dev.skyhedge.engine.scaling.RequestRate;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.EndpointSpec;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The balancers of one service: the one at its address, and those that finish at an address of
/// before what they had begun there. Nothing here waits for traffic but threads of their own, which
/// have a limit. Thread-safe.
final class ServiceEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceEndpoint.class);

    private static final long BYTES_OF_MB = 1024 * 1024;

    private final String service;
    private final InstantSource clock;
    private final Secrets secrets;
    private final Consumer<Signal> listener;
    private final RequestRate rate;
    private final List<Balancer> leaving = new CopyOnWriteArrayList<>();
    private volatile Optional<Serving> serving = Optional.empty();
    private Optional<Routes> routes = Optional.empty();
    private List<Target> targets = List.of();
    private long tableVersion;
    private long arrivalsOfEnded;
    private KeysOfClients keys = KeysOfClients.NONE;
    private final EndpointTls tls;

    /// Of an allocation `mixed`; empty for a service whose requests are all alike.
    private Optional<SizesOfRequests> sizes = Optional.empty();
    private LoadWindow load = new LoadWindow();
    private final Map<RequestSizes.Size, Long> sizesOfEnded = new HashMap<>();
    /// Those that the targets are made of.
    private List<Routes.Route> reached = List.of();

    private record Serving(EndpointSpec endpoint, Balancer balancer) {}

    /// @param secrets where keys of clients are read
    /// @param listener told at once what its balancers notice
    ServiceEndpoint(String service, Duration window, InstantSource clock, Secrets secrets, Consumer<Signal> listener) {
        this.service = service;
        this.clock = clock;
        this.secrets = secrets;
        this.listener = listener;
        this.rate = new RequestRate(window);
        this.tls = new EndpointTls(secrets, clock);
    }

    /// A balancer that listens at the address but has no part in this yet.
    ///
    /// @param opened gets it
    /// @return why it cannot listen; empty if it does
    synchronized Optional<String> open(EndpointSpec endpoint, Consumer<Balancer> opened) {
        Keys first = KeysOfClients.of(endpoint, secrets).keys();
        var balancer = new Balancer(settings(endpoint).with(first), listener::accept, clock, new SecureRandom());
        Optional<TlsFiles.Problem> unusable = tls.show(endpoint, balancer);
        if (unusable.isPresent()) {
            return unusable.map(TlsFiles.Problem::text);
        }
        return switch (balancer.start()) {
            case StartResult.Listening _ -> {
                opened.accept(balancer);
                yield Optional.empty();
            }
            case StartResult.Refused refused -> Optional.of(refused.reason());
        };
    }

    /// Why it could not show its clients what it is to show from now on; empty for what it shows
    /// already, and keeps showing when its files become worse.
    synchronized Optional<TlsFiles.Problem> unusableTls(EndpointSpec endpoint) {
        boolean shown = serving.filter(now -> now.endpoint().tls().equals(endpoint.tls()))
                .isPresent();
        return shown ? Optional.empty() : tls.unusable(endpoint);
    }

    /// Whether it listens at this address, whatever else has changed.
    boolean isAt(EndpointSpec endpoint) {
        return serving.filter(now -> now.endpoint().host().equals(endpoint.host())
                        && now.endpoint().port() == endpoint.port())
                .isPresent();
    }

    /// Whether it has this port, at whatever address.
    boolean hasPort(int port) {
        return serving.filter(now -> now.endpoint().port() == port).isPresent();
    }

    /// From now on requests arrive at this open balancer. The one of before ends what it has begun.
    synchronized void moveTo(EndpointSpec endpoint, Balancer balancer) {
        Optional<Serving> before = serving;
        serving = Optional.of(new Serving(endpoint, balancer));
        publish(balancer);
        before.ifPresent(old -> leave(old.balancer()));
    }

    /// Takes over what may change while it serves at the same address.
    synchronized void update(EndpointSpec endpoint, Duration window) {
        rate.window(window);
        Optional<Serving> now = serving;
        if (now.isEmpty() || now.get().endpoint().equals(endpoint)) {
            return;
        }
        Balancer balancer = now.get().balancer();
        keys = KeysOfClients.of(endpoint, secrets);
        balancer.update(settings(endpoint).with(keys.keys()));
        tls.show(endpoint, balancer);
        serving = Optional.of(new Serving(endpoint, balancer));
        publish(balancer);
    }

    /// Takes over which sizes of requests its replicas are divided by.
    synchronized void allocated(AllocationSpec allocation) {
        Optional<SizesOfRequests> newer = allocation instanceof AllocationSpec.Mixed mixed
                ? Optional.of(new SizesOfRequests(mixed))
                : Optional.empty();
        if (!newer.equals(sizes)) {
            sizes = newer;
            load = new LoadWindow();
            balancers().forEach(this::publish);
        }
    }

    /// What is wrong with what it shows its clients and was not told yet, for people.
    synchronized Optional<String> newsOfTls() {
        return tls.news();
    }

    /// Reads its certificate and the keys of its clients again, and takes over what has changed.
    ///
    /// @return what keeps somebody out and did not before, for people
    synchronized List<String> readAgain() {
        if (serving.isEmpty()) {
            return List.of();
        }
        EndpointSpec endpoint = serving.get().endpoint();
        tls.show(endpoint, serving.get().balancer());
        KeysOfClients before = keys;
        keys = KeysOfClients.of(endpoint, secrets);
        if (!keys.keys().equals(before.keys())) {
            serving.get().balancer().update(settings(endpoint).with(keys.keys()));
        }
        return keys.problems().stream()
                .filter(problem -> !before.problems().contains(problem))
                .toList();
    }

    /// Gives its address up; what has begun goes on to its end.
    synchronized void leave() {
        Optional<Serving> before = serving;
        serving = Optional.empty();
        before.ifPresent(old -> leave(old.balancer()));
    }

    private void leave(Balancer old) {
        leaving.add(old);
        old.retire();
        Thread.ofPlatform().daemon().name("drain-" + service).start(() -> drain(old));
    }

    private void drain(Balancer old) {
        try {
            old.close();
        } catch (IllegalStateException e) {
            LOG.error("An endpoint of {} that was given up did not close", service, e);
        }
        synchronized (this) {
            arrivalsOfEnded += admitted(old.statistics());
            old.statistics().sizes().forEach((size, count) -> sizesOfEnded.merge(size, count, Long::sum));
            leaving.remove(old);
        }
    }

    /// Whether nothing of it is left.
    boolean isGone() {
        return serving.isEmpty() && leaving.isEmpty();
    }

    /// Puts routes in use: the next request sees them.
    synchronized void route(Routes newer, ReplicaKeys keys) {
        routes = Optional.of(newer);
        List<Target> reachable = new ArrayList<>();
        List<Routes.Route> theirs = new ArrayList<>();
        for (Routes.Route route : newer.routes()) {
            target(route, keys).ifPresent(target -> {
                reachable.add(target);
                theirs.add(route);
            });
        }
        targets = List.copyOf(reachable);
        reached = List.copyOf(theirs);
        balancers().forEach(this::publish);
    }

    /// Without routes an empty table, which names the service, so that signals about held requests
    /// do, too.
    private void publish(Balancer balancer) {
        EndpointSpec.Policy policy = serving.map(now -> now.endpoint().policy()).orElse(EndpointSpec.Policy.LEAST_LOAD);
        balancer.route(new RoutingTable(
                ++tableVersion,
                service,
                RoutingPolicies.of(policy),
                targets,
                routes.flatMap(Routes::expectedReadyAt),
                sizes.map(known -> known.table(routes.flatMap(Routes::load), reached))));
    }

    /// Whether no balancer has a request at this replica: one of several may be done with it before the others.
    boolean isIdle(String replica, long generation) {
        return balancers().stream()
                .flatMap(balancer -> balancer.statistics().replicas().stream())
                .filter(one -> one.replica().equals(replica) && one.generation() == generation)
                .allMatch(one -> one.inFlight() == 0);
    }

    /// What was counted since the last address was opened.
    Optional<Statistics> statistics() {
        return serving.map(now -> now.balancer().statistics());
    }

    /// For how long it has not answered a question of its own; empty while it does.
    Optional<Duration> silentFor() {
        return serving.flatMap(now -> now.balancer().silentFor());
    }

    /// The figures that the engine plans with, over all its balancers.
    synchronized Message.SignalsRead sample() {
        Map<String, Integer> inFlight = new HashMap<>();
        int held = 0;
        long arrivals = arrivalsOfEnded;
        Map<RequestSizes.Size, Long> ended = new HashMap<>(sizesOfEnded);
        for (Balancer balancer : balancers()) {
            Statistics now = balancer.statistics();
            now.sizes().forEach((size, count) -> ended.merge(size, count, Long::sum));
            held += now.held();
            arrivals += admitted(now);
            for (Statistics.ReplicaStatistics replica : now.replicas()) {
                inFlight.merge(replica.replica(), replica.inFlight(), Integer::sum);
            }
        }
        var at = clock.instant();
        OptionalDouble perSecond = rate.sample(at, arrivals);
        long arrived = arrivals;
        Optional<MeasuredLoad> measured = sizes.flatMap(known -> load.sample(at, known.counts(ended), arrived));
        return new Message.SignalsRead(service, perSecond, held, inFlight, at, measured);
    }

    /// Requests that want replicas: who gets in by no key, or has used up what it may, is no reason to rent any.
    private static long admitted(Statistics now) {
        return now.arrivals()
                - now.rejected().getOrDefault(Statistics.Rejection.UNAUTHORIZED, 0L)
                - now.rejected().getOrDefault(Statistics.Rejection.KEY_LIMIT, 0L);
    }

    /// All that may still have requests.
    List<Balancer> balancers() {
        List<Balancer> all = new ArrayList<>(leaving);
        serving.ifPresent(now -> all.add(now.balancer()));
        return all;
    }

    /// Empty without what the replica asks for: it would refuse requests, and without its
    /// certificate they would go to it in the open. Its probes say why.
    private static Optional<Target> target(Routes.Route route, ReplicaKeys keys) {
        Credentials credentials =
                keys.credentials(route.entry().access(), route.entry().token());
        if (credentials.missing().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Target(
                route.replica(),
                route.generation(),
                route.endpoint().host(),
                route.endpoint().port(),
                route.draining() ? Target.State.DRAINING : Target.State.READY,
                route.drainBy(),
                RoutingWeights.of(route),
                credentials.header().map(key -> new Target.Credential(key.name(), key.value())),
                credentials.certificate()));
    }

    private static Continuation continuation(EndpointSpec.Continuation declared) {
        return switch (declared) {
            case OFF -> Continuation.OFF;
            case TEXT -> Continuation.TEXT;
            case RESAMPLE -> Continuation.RESAMPLE;
            case EXACT -> Continuation.EXACT;
        };
    }

    static BalancerSettings settings(EndpointSpec endpoint) {
        BalancerSettings usual = BalancerSettings.defaults();
        EndpointSpec.Limits given = endpoint.limits();
        EndpointSpec.Times times = endpoint.times();
        return usual.listeningOn(endpoint.host(), endpoint.port())
                .with(new BalancerSettings.Limits(
                        usual.limits().headerBytes(),
                        given.maxBodyMb() * BYTES_OF_MB,
                        usual.limits().replayBodyBytes(),
                        usual.limits().wholeResponseBytes(),
                        usual.limits().idleConnections(),
                        given.maxInFlightPerReplica().orElse(BalancerSettings.Limits.IN_FLIGHT_PER_REPLICA)))
                .with(new BalancerSettings.Timeouts(
                        times.connect(),
                        times.header(),
                        times.keepAlive(),
                        times.firstByte().orElse(given.responseTimeout()),
                        given.responseTimeout(),
                        times.total().orElse(usual.timeouts().total()),
                        times.drain(),
                        usual.timeouts().removalGrace(),
                        usual.timeouts().unavailable()))
                .with(new BalancerSettings.Hold(
                        endpoint.holdLimit(),
                        usual.hold().bodyBytes(),
                        endpoint.holdTimeout(),
                        times.queue(),
                        usual.hold().releasePerReplica(),
                        usual.hold().retryAfter()))
                .with(new BalancerSettings.Clients(
                        given.maxConcurrentRequests(),
                        given.replayBudgetMb() * BYTES_OF_MB,
                        given.clientTimeout(),
                        usual.clients().selfCheck()))
                .with(new BalancerSettings.Sessions(
                        endpoint.session().header(), endpoint.session().cookie()))
                .with(continuation(endpoint.continuation()));
    }
}
