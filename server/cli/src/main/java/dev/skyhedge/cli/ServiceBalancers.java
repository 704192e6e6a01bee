package dev.skyhedge.cli;

import dev.skyhedge.balancer.Balancer;
import dev.skyhedge.balancer.BalancerSettings;
import dev.skyhedge.balancer.MetricsText;
import dev.skyhedge.balancer.Policy;
import dev.skyhedge.balancer.RoutingTable;
import dev.skyhedge.balancer.Signal;
import dev.skyhedge.balancer.StartResult;
import dev.skyhedge.balancer.Statistics;
import dev.skyhedge.balancer.Target;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.ReplicaKey;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.scaling.RequestRate;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One balancer for each service with an endpoint. Translates: routes of the engine into routing tables,
/// signals and figures of the balancers into messages. Thread-safe.
final class ServiceBalancers implements AutoCloseable {
    private static final Duration SAMPLE_PERIOD = Duration.ofSeconds(1);
    private static final long BYTES_OF_MB = 1024 * 1024;

    private final InstantSource clock;
    private final Consumer<Message> post;
    private final Map<String, Running> running = new TreeMap<>();
    private final LastRequests lastRequests = new LastRequests();
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("balancer-samples").factory());

    private static final class Running {
        private final EndpointSpec endpoint;
        private final Balancer balancer;
        private final RequestRate rate;
        private long tableVersion;

        Running(EndpointSpec endpoint, Balancer balancer, Duration window) {
            this.endpoint = endpoint;
            this.balancer = balancer;
            this.rate = new RequestRate(window);
        }
    }

    ServiceBalancers(InstantSource clock, Consumer<Message> post) {
        this.clock = clock;
        this.post = post;
        sampler.scheduleAtFixedRate(
                this::sample, SAMPLE_PERIOD.toMillis(), SAMPLE_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Starts and stops balancers so that they are those of the spec.
    ///
    /// @throws CommandFailure if an address cannot be bound
    synchronized void serve(Spec spec) {
        List<String> leaving = new ArrayList<>();
        running.forEach((name, one) -> {
            ServiceSpec service = spec.services().get(name);
            if (service == null || !service.endpoint().equals(Optional.of(one.endpoint))) {
                leaving.add(name);
            } else {
                one.rate.window(service.scaling().window());
            }
        });
        leaving.forEach(name -> Optional.ofNullable(running.remove(name)).ifPresent(one -> one.balancer.close()));
        for (ServiceSpec service : spec.services().values()) {
            service.endpoint()
                    .filter(_ -> !running.containsKey(service.name()))
                    .ifPresent(endpoint -> start(service, endpoint));
        }
    }

    private void start(ServiceSpec service, EndpointSpec endpoint) {
        var balancer = new Balancer(settings(endpoint), this::signalled, clock, new SecureRandom());
        switch (balancer.start()) {
            case StartResult.Listening _ -> {
                var one = new Running(endpoint, balancer, service.scaling().window());
                running.put(service.name(), one);
                // An empty table names the service, so that signals about held requests do, too.
                balancer.route(new RoutingTable(
                        ++one.tableVersion, service.name(), policy(endpoint.policy()), List.of(), Optional.empty()));
            }
            case StartResult.Refused refused ->
                throw new CommandFailure(
                        "The endpoint of " + service.address() + " cannot be opened",
                        capitalised(refused.reason()) + ".");
        }
    }

    /// Puts routes in use: the next request sees them.
    synchronized void route(Routes routes) {
        Running one = running.get(routes.service());
        if (one == null) {
            return;
        }
        List<Target> targets =
                routes.routes().stream().map(ServiceBalancers::target).toList();
        one.balancer.route(new RoutingTable(
                ++one.tableVersion,
                routes.service(),
                policy(one.endpoint.policy()),
                targets,
                routes.expectedReadyAt()));
    }

    /// The balancers' metrics as Prometheus texts.
    synchronized List<String> metrics() {
        return List.of(MetricsText.of(
                running.values().stream().map(one -> one.balancer.statistics()).toList()));
    }

    /// When replicas that have gone got their last request.
    LastRequests lastRequests() {
        return lastRequests;
    }

    /// What each balancer has counted, by service.
    synchronized Map<String, Statistics> statistics() {
        Map<String, Statistics> all = new TreeMap<>();
        running.forEach((name, one) -> all.put(name, one.balancer.statistics()));
        return all;
    }

    private void signalled(Signal signal) {
        switch (signal) {
            case Signal.Wake wake -> post.accept(new Message.Woken(wake.service()));
            case Signal.ReplicaUnreachable lost ->
                post.accept(new Message.Unreachable(key(lost.service(), lost.replica(), lost.generation())));
            case Signal.ReplicaEjected ejected ->
                post.accept(new Message.Ejected(
                        key(ejected.service(), ejected.replica(), ejected.generation()), text(ejected)));
            case Signal.Drained drained ->
                post.accept(new Message.Drained(key(drained.service(), drained.replica(), drained.generation())));
            case Signal.Departed departed ->
                departed.lastRequestAt()
                        .ifPresent(at ->
                                lastRequests.note(departed.service(), departed.replica(), departed.generation(), at));
            case Signal.ReplicaRecovered _, Signal.Saturated _ -> {}
        }
    }

    private static String text(Signal.ReplicaEjected ejected) {
        return String.format(
                Locale.ROOT,
                "fails %.0f %% of its requests and its peers %.0f %%: it gets none for %d s",
                100 * ejected.errorShare(),
                100 * ejected.peersShare(),
                ejected.pause().toSeconds());
    }

    private synchronized void sample() {
        running.forEach((service, one) -> {
            Statistics now = one.balancer.statistics();
            Map<String, Integer> inFlight = new HashMap<>();
            for (Statistics.ReplicaStatistics replica : now.replicas()) {
                inFlight.merge(replica.replica(), replica.inFlight(), Integer::sum);
            }
            OptionalDouble rate = one.rate.sample(now.at(), now.arrivals());
            post.accept(new Message.SignalsRead(service, rate, now.held(), inFlight, now.at()));
        });
    }

    private static Target target(Routes.Route route) {
        return new Target(
                route.replica(),
                route.generation(),
                route.endpoint().host(),
                route.endpoint().port(),
                route.draining() ? Target.State.DRAINING : Target.State.READY,
                route.drainBy(),
                1.0);
    }

    private static ReplicaKey key(String service, String replica, long generation) {
        return new ReplicaKey(service, replica, Math.toIntExact(generation));
    }

    /// The balancer's word for a policy.
    static Policy policy(EndpointSpec.Policy policy) {
        return switch (policy) {
            case LEAST_LOAD -> Policy.LEAST_LOAD;
            case ROUND_ROBIN -> Policy.ROUND_ROBIN;
        };
    }

    static BalancerSettings settings(EndpointSpec endpoint) {
        BalancerSettings usual = BalancerSettings.defaults();
        EndpointSpec.Limits given = endpoint.limits();
        return usual.listeningOn(endpoint.host(), endpoint.port())
                .with(new BalancerSettings.Limits(
                        usual.limits().headerBytes(),
                        given.maxBodyMb() * BYTES_OF_MB,
                        usual.limits().replayBodyBytes(),
                        usual.limits().wholeResponseBytes(),
                        usual.limits().idleConnections()))
                .with(new BalancerSettings.Timeouts(
                        usual.timeouts().connect(),
                        usual.timeouts().header(),
                        usual.timeouts().keepAlive(),
                        given.responseTimeout(),
                        usual.timeouts().drain(),
                        usual.timeouts().removalGrace(),
                        usual.timeouts().unavailable()))
                .with(new BalancerSettings.Hold(
                        endpoint.holdLimit(),
                        usual.hold().bodyBytes(),
                        endpoint.holdTimeout(),
                        usual.hold().releasePerReplica(),
                        usual.hold().retryAfter()))
                .with(new BalancerSettings.Clients(
                        given.maxConcurrentRequests(),
                        given.replayBudgetMb() * BYTES_OF_MB,
                        given.clientTimeout(),
                        usual.clients().selfCheck()));
    }

    /// Services whose endpoint does not answer its own process, for people.
    synchronized List<String> silent() {
        List<String> silent = new ArrayList<>();
        running.forEach((name, one) -> one.balancer
                .silentFor()
                .ifPresent(time -> silent.add("the endpoint of service." + name + " has not answered for "
                        + time.toSeconds() + " s: restart this process")));
        return silent;
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /// Drains each: no new requests, running ones may end.
    synchronized void stop(Duration drain) {
        running.values().parallelStream().forEach(one -> one.balancer.stop(drain));
        running.clear();
    }

    @Override
    public void close() {
        sampler.shutdownNow();
        stop(Duration.ZERO);
    }
}
