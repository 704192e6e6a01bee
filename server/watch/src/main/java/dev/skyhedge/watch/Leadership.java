package dev.skyhedge.watch;

import dev.skyhedge.console.live.LiveFeed;
import dev.skyhedge.console.metrics.EngineMetrics;
import dev.skyhedge.engine.control.Attention;
import dev.skyhedge.engine.control.Controller;
import dev.skyhedge.engine.control.ControllerListener;
import dev.skyhedge.engine.control.ControllerSettings;
import dev.skyhedge.engine.control.Heartbeat;
import dev.skyhedge.engine.control.ReplicaKeys;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.reconcile.Watch;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.StateProblem;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.Succession.Turn;
import dev.skyhedge.watch.change.SpecChanges;
import dev.skyhedge.watch.endpoints.ServiceBalancers;
import dev.skyhedge.watch.installation.Refusal;
import dev.skyhedge.watch.installation.Surroundings;
import dev.skyhedge.watch.news.WatchEvent;
import dev.skyhedge.watch.news.WatchNews;
import dev.skyhedge.watch.planning.FollowedSpec;
import dev.skyhedge.watch.planning.Planning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control plane of a watching process: waits for the lease, runs controllers under it, and
/// gets it again. Once it has begun nothing ends it but being told to stop: without a state, a
/// cloud or a lease it waits, and the endpoints serve on with the routes that they have. [#run()]
/// has one caller; the rest is thread-safe.
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    /// How often it is looked whether a lease has become free.
    private static final Duration LOOK = Duration.ofMillis(250);

    /// The operation of its lease.
    static final String WATCH = "watch";

    private final Surroundings surroundings;
    private final StateStore store;
    private final WatchSettings settings;
    private final ServiceBalancers balancers;
    private final EngineMetrics metrics;
    private final LiveFeed feed;
    private final WatchNews news;
    private final Troubles troubles;
    private final Predecessor predecessor;
    private final Succession succession;
    private final Pulse pulse = new Pulse(System::nanoTime);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Optional<Controller>> controller = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<FollowedSpec>> next = new AtomicReference<>(Optional.empty());
    private final SpecChanges changes;
    private final Consumer<PlacedOrder> ordered;
    private volatile boolean destroyed;
    private volatile boolean leading;
    private Optional<FollowedSpec> followed = Optional.empty();
    private List<String> toldEndpoints = List.of();
    /// Whether it has once got as far as to wait or to control. What is wrong before is the user's
    /// to hear at once.
    private boolean begun;

    Leadership(
            Surroundings surroundings,
            StateStore store,
            WatchSettings settings,
            SpecChanges changes,
            ServiceBalancers balancers,
            EngineMetrics metrics,
            LiveFeed feed,
            WatchNews news,
            Consumer<PlacedOrder> ordered) {
        this.surroundings = surroundings;
        this.store = store;
        this.settings = settings;
        this.changes = changes;
        this.balancers = balancers;
        this.metrics = metrics;
        this.feed = feed;
        this.news = news;
        this.ordered = ordered;
        this.troubles = new Troubles(news::say);
        this.predecessor = new Predecessor(news::say, !store.location().startsWith("jdbc:"));
        this.succession = new Succession(store, surroundings.clock(), predecessor, balancers, news);
    }

    /// Leads whenever it may, until it is told to stop.
    ///
    /// @throws Refusal if it cannot even begin
    void run() {
        while (!isStopped()) {
            try {
                switch (succession.look()) {
                    case Turn.Ours(Lease lease) -> lead(lease);
                    case Turn.Over(Lease lease) -> {
                        release(lease);
                        end();
                    }
                    case Turn.Theirs _ -> {
                        begun = true;
                        troubles.over();
                        pause(LOOK);
                    }
                }
            } catch (StateException e) {
                meet(e.problem());
            } catch (Refusal e) {
                if (!begun) {
                    throw e;
                }
                Diagnostic first = e.diagnostics().getFirst();
                pause(troubles.met(first.summary(), first.detail()));
            } catch (RuntimeException bug) {
                if (!begun) {
                    throw bug;
                }
                LOG.error("The controller failed in a way that it should not", bug);
                pause(troubles.met("Skyhedge has a bug", bug + "."));
            }
        }
    }

    private void meet(StateProblem problem) {
        pause(troubles.met(problem.summary(), problem.detail()));
    }

    private void end() {
        destroyed = true;
        stop();
    }

    private void lead(Lease lease) {
        boolean known = true;
        try {
            leading = true;
            openEndpoints();
            predecessor.succeeded(() -> !balancers.closed().isEmpty());
            control(lease);
        } catch (StateException e) {
            known = false;
            throw e;
        } finally {
            leading = false;
            metrics.resign();
            feed.resign();
            if (known || isStopped()) {
                release(lease);
            }
        }
    }

    /// Runs controllers under the lease, one for each version of the spec, until it is lost.
    private void control(Lease lease) {
        while (!isStopped()) {
            metrics.lead(store.read(), store.spend(""), lease.epoch());
            pulse.beat();
            switch (runController(lease)) {
                case Ending.Fenced _ -> {
                    return;
                }
                case Ending.NotSaved(StateProblem problem) -> throw new StateException(problem);
                case Ending.Stopped _ -> next.getAndSet(Optional.empty()).ifPresent(this::use);
                case Ending.Reached _, Ending.Hopeless _ ->
                    throw new IllegalStateException("Watching has no goal that could be reached");
            }
        }
    }

    private void release(Lease lease) {
        try {
            store.release(lease);
        } catch (StateException e) {
            LOG.debug("The lease ends by itself", e);
        }
    }

    /// An endpoint whose address is taken ends a first start. A process that takes over opens it
    /// once the one before has let go of it.
    private void openEndpoints() {
        next.set(Optional.empty());
        FollowedSpec first = changes.begin();
        followed = Optional.of(first);
        Spec spec = first.against(store.read());
        if (begun) {
            balancers
                    .serveWhatOpens(spec)
                    .forEach(problem ->
                            news.say(problem.summary() + ": " + problem.detail() + " It is tried again every second."));
        } else {
            List<Diagnostic> problems = balancers.serve(spec, placesOf(first));
            if (!problems.isEmpty()) {
                throw new Refusal(problems);
            }
        }
        tellEndpoints(spec);
    }

    /// Opens the endpoints of the new spec; if one cannot be opened the old spec stays in force.
    private void use(FollowedSpec changed) {
        try {
            Spec spec = changed.against(store.read());
            List<Diagnostic> problems = balancers.serve(spec, placesOf(changed));
            if (!problems.isEmpty()) {
                throw new Refusal(problems);
            }
            followed = Optional.of(changed);
            tellEndpoints(spec);
        } catch (Refusal failure) {
            news.complain(failure.diagnostics());
            news.say(WatchEvent.UNCHANGED);
        }
    }

    private static ServiceBalancers.Places placesOf(FollowedSpec spec) {
        return (service, attribute) -> spec.loaded().rangeInEndpoint(service, "tls", attribute);
    }

    private void tellEndpoints(Spec spec) {
        List<String> texts = spec.services().values().stream()
                .flatMap(service -> service.endpoint().stream()
                        .filter(endpoint -> balancers.isOpen(service.name()))
                        .map(endpoint -> "Endpoint of " + service.address() + ": " + endpoint.url()))
                .toList();
        texts.stream().filter(text -> !toldEndpoints.contains(text)).forEach(news::say);
        toldEndpoints = texts;
    }

    private Ending runController(Lease lease) {
        FollowedSpec present = followed.orElseThrow();
        try (Heartbeat untilItRuns = Heartbeat.start(store, lease, _ -> {});
                Planning planned = Planning.open(surroundings, present, store, settings.directory())) {
            planned.refuseDuplicates();
            planned.refuseUnoffered();
            planned.refuseOpen();
            planned.rememberAccounts(lease);
            planned.putInForce(lease, changes.source());
            Controller running = controller(planned, present.options(), lease);
            begun = true;
            untilItRuns.close();
            controller.set(Optional.of(running));
            if (isStopped() || next.get().isPresent()) {
                running.stop();
            }
            return running.run();
        } finally {
            controller.set(Optional.empty());
        }
    }

    private Controller controller(Planning planned, PlanOptions options, Lease lease) {
        ReplicaKeys keys = planned.keys();
        return new Controller(
                new ControllerSettings(
                        planned.spec(),
                        new Watch(),
                        options,
                        store,
                        lease,
                        planned.providers().byName(),
                        surroundings.environment(),
                        surroundings.clock(),
                        Attention.ofThisProcess(Controller.LOOK_ANYWAY.multipliedBy(2)),
                        planned.conditions(),
                        true,
                        settings.notices().authority(surroundings.environment(), settings.directory(), planned.spec()),
                        keys),
                new Listener(keys));
    }

    /// From now on this spec is in force, if its endpoints can be opened.
    void replace(FollowedSpec changed) {
        next.set(Optional.of(changed));
        withController(Controller::stop);
    }

    void stop() {
        stopped.countDown();
        withController(Controller::stop);
    }

    /// Whether it acts, or is about to.
    boolean isLeading() {
        return leading;
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /// Whether it has stopped because everything has ended, as ordered.
    boolean isDestroyed() {
        return destroyed;
    }

    /// Does something with the controller, if one runs.
    void withController(Consumer<Controller> action) {
        controller.get().ifPresent(action);
    }

    /// The controller that runs now.
    Optional<Controller> controller() {
        return controller.get();
    }

    void tell(Message message) {
        withController(running -> running.post(message));
    }

    /// What keeps this process from control, for people; nothing if it is in control.
    List<String> missing() {
        Optional<String> trouble = troubles.present();
        return trouble.or(() -> controller.get().flatMap(_ -> pulse.missing())).stream()
                .toList();
    }

    private void pause(Duration length) {
        try {
            if (stopped.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Told to stop while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    private final class Listener implements ControllerListener {
        private final ReplicaKeys keys;

        Listener(ReplicaKeys keys) {
            this.keys = keys;
        }

        @Override
        public void stepped(Step step) {
            pulse.beat();
            troubles.over();
            metrics.stepped(step);
            feed.stepped(step);
            news.stepped(step);
            if (step.changes().stream().anyMatch(Listener::endsDestruction)) {
                end();
            }
        }

        /// Everything has ended as ordered: with the next step it would begin anew.
        private static boolean endsDestruction(Change change) {
            return change instanceof Change.PutOrder(PlacedOrder placed)
                    && placed.order() instanceof Order.Destroy
                    && !placed.isOpen();
        }

        @Override
        public void ordered(List<PlacedOrder> waiting) {
            waiting.stream()
                    .filter(placed -> placed.order() instanceof Order.ApplySpec)
                    .forEach(ordered);
        }

        @Override
        public void routed(Routes routes) {
            balancers.route(routes, keys);
        }

        @Override
        public void providerFailed(String provider, Failure failure) {
            metrics.providerFailed(provider, failure);
            news.providerFailed(provider, failure);
        }
    }
}
