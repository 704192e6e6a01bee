package dev.skyhedge.watch.endpoints;

import dev.skyhedge.balancer.Balancer;
import dev.skyhedge.balancer.BalancerMetrics;
import dev.skyhedge.balancer.Signal;
import dev.skyhedge.engine.control.ReplicaKeys;
import dev.skyhedge.engine.control.Secrets;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.schema.Durations;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The endpoints of all services. Translates: routes of the engine into routing tables, signals and
/// figures of the balancers into messages. What changes in the spec changes here in place: new
/// addresses are opened before old ones are given up, and nothing waits for requests under way.
/// Thread-safe.
public final class ServiceBalancers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceBalancers.class);
    /// Also how often an address that could not be opened is tried again.
    private static final Duration SAMPLE_PERIOD = Duration.ofSeconds(1);

    /// How many samples later certificates and keys of clients are read again.
    private static final int SAMPLES_PER_READING = 10;

    private final InstantSource clock;
    private final Secrets secrets;
    private final Consumer<Message> post;
    private final Consumer<String> say;
    private final Map<String, ServiceEndpoint> endpoints = new TreeMap<>();
    /// Endpoints of the spec that are not open, because something else has their address.
    private final Map<String, ServiceSpec> closed = new TreeMap<>();
    private final LastRequests lastRequests = new LastRequests();
    /// As whose endpoints these were last opened.
    private Optional<Spec> inForce = Optional.empty();
    private long samples;
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("balancer-samples").factory());

    /// @param secrets where keys of clients, certificates and their keys are read
    /// @param post takes what the engine is told; returns at once
    /// @param say takes what the user is told; returns at once
    public ServiceBalancers(InstantSource clock, Secrets secrets, Consumer<Message> post, Consumer<String> say) {
        this.clock = clock;
        this.secrets = secrets;
        this.post = post;
        this.say = say;
        sampler.scheduleAtFixedRate(
                this::sample, SAMPLE_PERIOD.toMillis(), SAMPLE_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Makes the endpoints those of the spec, or changes nothing.
    ///
    /// @return which cannot be opened, and why; empty once all are open
    public synchronized List<Diagnostic> serve(Spec spec) {
        return serve(spec, Places.NONE);
    }

    /// As [#serve(Spec)].
    ///
    /// @param places where the spec is written
    public synchronized List<Diagnostic> serve(Spec spec, Places places) {
        List<Diagnostic> unusable = unusableTls(spec, places);
        return unusable.isEmpty() ? serve(spec, true) : unusable;
    }

    /// Where a spec is written.
    @FunctionalInterface
    public interface Places {
        /// Of what has no text.
        Places NONE = (service, attribute) -> Optional.empty();

        /// Where a `tls` block has this attribute, or the nearest to it.
        Optional<SourceRange> ofTls(String service, String attribute);
    }

    private List<Diagnostic> unusableTls(Spec spec, Places places) {
        List<Diagnostic> problems = new ArrayList<>();
        for (ServiceSpec service : withEndpoint(spec)) {
            endpointOf(service)
                    .unusableTls(service.endpoint().orElseThrow())
                    .map(problem -> places.ofTls(service.name(), problem.attribute())
                            .map(place -> Diagnostic.error(place, problem.summary(), problem.detail()))
                            .orElseGet(() -> Diagnostic.error(problem.summary(), problem.detail())))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    /// Makes the endpoints those of the spec as far as they can be opened; the others are tried
    /// again until they can.
    ///
    /// @return which are not open yet, and why
    public synchronized List<Diagnostic> serveWhatOpens(Spec spec) {
        return serve(spec, false);
    }

    private List<Diagnostic> serve(Spec spec, boolean wholly) {
        Map<String, Balancer> opened = new LinkedHashMap<>();
        List<ServiceSpec> waitForOurOwn = new ArrayList<>();
        List<ServiceSpec> refused = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        for (ServiceSpec service : withEndpoint(spec)) {
            EndpointSpec endpoint = service.endpoint().orElseThrow();
            ServiceEndpoint one = endpointOf(service);
            if (one.isAt(endpoint)) {
                continue;
            }
            Optional<String> why = one.open(endpoint, balancer -> opened.put(service.name(), balancer));
            if (why.isPresent() && isOursToGiveUp(endpoint, spec)) {
                waitForOurOwn.add(service);
            } else if (why.isPresent()) {
                refused.add(service);
                if (!wholly || !isClosed(service)) {
                    problems.add(problem(service, why.get()));
                }
            }
        }
        if (wholly && !problems.isEmpty()) {
            opened.values().forEach(ServiceBalancers::closeUnused);
            return problems;
        }
        Optional<Spec> before = inForce;
        change(spec, opened);
        refused.forEach(service -> closed.put(service.name(), service));
        openGivenUp(waitForOurOwn).forEach((service, why) -> {
            closed.put(service.name(), service);
            problems.add(problem(service, why));
        });
        if (wholly && !problems.isEmpty() && before.isPresent()) {
            // What took the address was not us after all. The doors of before open again.
            serve(before.get(), false);
        }
        return problems;
    }

    /// Opens addresses that others of ours had until now. Whoever can gives its own up only after
    /// that; an address that overlaps the new one has to go before.
    ///
    /// @return which cannot be opened, and why
    private Map<ServiceSpec, String> openGivenUp(List<ServiceSpec> services) {
        List<ServiceSpec> inTheWay = services.stream()
                .filter(service -> openNow(service).isPresent())
                .toList();
        inTheWay.forEach(service -> endpointOf(service).leave());
        Map<ServiceSpec, String> refused = new LinkedHashMap<>();
        inTheWay.forEach(service -> openNow(service).ifPresent(why -> refused.put(service, why)));
        return refused;
    }

    private static void closeUnused(Balancer balancer) {
        balancer.retire();
        Thread.ofVirtual().start(() -> balancer.stop(Duration.ZERO));
    }

    /// Brings into force what cannot fail any more.
    private void change(Spec spec, Map<String, Balancer> opened) {
        inForce = Optional.of(spec);
        closed.clear();
        for (ServiceSpec service : withEndpoint(spec)) {
            EndpointSpec endpoint = service.endpoint().orElseThrow();
            ServiceEndpoint one = endpointOf(service);
            one.allocated(service.allocation());
            Optional.ofNullable(opened.get(service.name())).ifPresent(balancer -> one.moveTo(endpoint, balancer));
            if (one.isAt(endpoint)) {
                one.update(endpoint, service.scaling().window());
            }
        }
        endpoints.forEach((name, one) -> {
            if (declared(spec, name).isEmpty()) {
                one.leave();
            }
        });
        endpoints.forEach((name, one) -> one.newsOfTls().ifPresent(problem -> tell(name, problem)));
    }

    private void tell(String service, String problem) {
        say.accept("Endpoint of service." + service + ": " + problem);
    }

    /// Whether it is known that this very address cannot be opened now: no other change has to wait
    /// for that.
    private boolean isClosed(ServiceSpec service) {
        return Optional.ofNullable(closed.get(service.name()))
                .flatMap(ServiceSpec::endpoint)
                .equals(service.endpoint());
    }

    private Optional<String> openNow(ServiceSpec service) {
        EndpointSpec endpoint = service.endpoint().orElseThrow();
        ServiceEndpoint one = endpointOf(service);
        return one.open(endpoint, balancer -> one.moveTo(endpoint, balancer));
    }

    private ServiceEndpoint endpointOf(ServiceSpec service) {
        return endpoints.computeIfAbsent(
                service.name(),
                name -> new ServiceEndpoint(name, service.scaling().window(), clock, secrets, this::signalled));
    }

    /// Whether the port is taken by an endpoint of ours that moves or goes: then it cannot be
    /// opened before that one is closed. An address that this machine does not have is no reason to
    /// close anything.
    private boolean isOursToGiveUp(EndpointSpec wanted, Spec spec) {
        return Addresses.isHere(wanted.host())
                && endpoints.entrySet().stream()
                        .filter(entry -> entry.getValue().hasPort(wanted.port()))
                        .anyMatch(entry -> declared(spec, entry.getKey())
                                .filter(entry.getValue()::isAt)
                                .isEmpty());
    }

    private static Optional<EndpointSpec> declared(Spec spec, String service) {
        return spec.service(service).flatMap(ServiceSpec::endpoint);
    }

    private static List<ServiceSpec> withEndpoint(Spec spec) {
        return spec.services().values().stream()
                .filter(service -> service.endpoint().isPresent())
                .toList();
    }

    private static Diagnostic problem(ServiceSpec service, String why) {
        return Diagnostic.error("The endpoint of " + service.address() + " cannot be opened", capitalised(why) + ".");
    }

    /// Whether the service's endpoint takes requests.
    public synchronized boolean isOpen(String service) {
        return endpoints.containsKey(service) && !closed.containsKey(service);
    }

    /// Puts routes in use: the next request sees them.
    ///
    /// @param keys what lets requests into the replicas
    public synchronized void route(Routes routes, ReplicaKeys keys) {
        Optional.ofNullable(endpoints.get(routes.service())).ifPresent(one -> one.route(routes, keys));
    }

    /// The balancers' metrics.
    public synchronized MetricSnapshots metrics() {
        return BalancerMetrics.of(endpoints.values().stream()
                .flatMap(one -> one.statistics().stream())
                .toList());
    }

    /// Addresses of services whose endpoints are to be open and are not.
    public synchronized List<String> closed() {
        return closed.values().stream().map(ServiceSpec::address).toList();
    }

    /// Endpoints that are not open or do not answer, for people.
    public synchronized List<String> missing() {
        List<String> missing = new ArrayList<>();
        closed().forEach(address -> missing.add("the endpoint of " + address + " is not open"));
        endpoints.forEach((name, one) -> one.silentFor()
                .ifPresent(time -> missing.add("the endpoint of service." + name + " has not answered for "
                        + Durations.text(time.truncatedTo(ChronoUnit.SECONDS)) + ": restart this process")));
        return missing;
    }

    /// When replicas that have gone got their last request.
    public LastRequests lastRequests() {
        return lastRequests;
    }

    private void signalled(Signal signal) {
        if (signal instanceof Signal.Departed departed) {
            departed.lastRequestAt()
                    .ifPresent(
                            at -> lastRequests.note(departed.service(), departed.replica(), departed.generation(), at));
        } else if (!(signal instanceof Signal.Drained drained) || isIdle(drained)) {
            SignalMessages.of(signal).ifPresent(post);
        }
    }

    private synchronized boolean isIdle(Signal.Drained drained) {
        return Optional.ofNullable(endpoints.get(drained.service()))
                .filter(one -> !one.isIdle(drained.replica(), drained.generation()))
                .isEmpty();
    }

    private synchronized void sample() {
        try {
            endpoints.entrySet().removeIf(entry -> entry.getValue().isGone() && !closed.containsKey(entry.getKey()));
            endpoints.values().forEach(one -> post.accept(one.sample()));
            List.copyOf(closed.values()).forEach(this::openAgain);
            if (++samples % SAMPLES_PER_READING == 0) {
                readAgain();
            }
        } catch (RuntimeException e) {
            // A timer that throws never runs again, and the engine would plan without figures for good.
            LOG.error("The endpoints could not be looked at", e);
        }
    }

    private void readAgain() {
        endpoints.forEach((name, one) -> {
            one.readAgain().forEach(problem -> tell(name, problem));
            one.newsOfTls().ifPresent(problem -> tell(name, problem));
        });
    }

    private void openAgain(ServiceSpec service) {
        if (openNow(service).isEmpty()) {
            closed.remove(service.name());
            say.accept("Endpoint of " + service.address() + ": "
                    + service.endpoint().orElseThrow().url());
        }
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /// Gives all addresses up, because another process serves them now; what has begun goes on to
    /// its end.
    public synchronized void leave() {
        inForce = Optional.empty();
        closed.clear();
        endpoints.values().forEach(ServiceEndpoint::leave);
    }

    /// Drains each: no new requests, running ones may end. Waits for them, for as long as given.
    public void stop(Duration drain) {
        List<Balancer> balancers;
        synchronized (this) {
            closed.clear();
            balancers = endpoints.values().stream()
                    .flatMap(one -> one.balancers().stream())
                    .toList();
            endpoints.clear();
        }
        try (var stopping = Executors.newVirtualThreadPerTaskExecutor()) {
            balancers.forEach(balancer -> stopping.execute(() -> balancer.stop(drain)));
        }
    }

    @Override
    public void close() {
        sampler.shutdownNow();
        stop(Duration.ZERO);
    }
}
