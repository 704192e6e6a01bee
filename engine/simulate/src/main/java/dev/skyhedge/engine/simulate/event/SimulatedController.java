package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.reconcile.Effect;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Reconciler;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The work of [dev.skyhedge.engine.control.Controller] on a virtual clock and in one thread: the same
/// [Reconciler], commits before effects, routes before calls. Time is its cloud's.
///
/// The safety net of the real controller, which looks every ten seconds whether or not anything happened, is left
/// out: the reconciler says itself when it wants to be woken. Not thread-safe.
public final class SimulatedController implements AutoCloseable {
    /// More steps without time passing than any cause can need.
    private static final int MAX_STEPS_AT_ONE_INSTANT = 1_000;

    private final Cloud cloud;
    private final StateStore store;
    private final Agenda agenda;
    private final Surroundings surroundings;
    private final Traffic traffic;
    private final Witness witness;
    private final Lease lease;
    private final Reconciler reconciler;
    private final CloudCalls calls;
    private final Subscription events;
    private final List<Message> inbox = new ArrayList<>();
    private final Set<ReplicaKey> probed = new HashSet<>();
    /// Who serves there, or did last: an imported instance keeps its address under another name.
    private final Map<Endpoint, ReplicaKey> residents = new HashMap<>();
    private final Map<String, Routes> published = new HashMap<>();
    private final Set<ReplicaKey> lost = new HashSet<>();
    private Spec spec;
    private Optional<Instant> wakeAt = Optional.empty();
    private Instant restsUntil = Instant.MIN;
    private Optional<Step> last = Optional.empty();
    private boolean first = true;
    private boolean closed;
    private int stepsAtThisInstant;
    private long steps;

    /// What a controller works with.
    ///
    /// @param cloud the only provider, and the clock
    /// @param store where it remembers; stays open
    /// @param spec what is wanted
    /// @param options what a user asked for beyond the spec
    /// @param agenda what else happens in this simulation
    /// @param kinds what a spec declares of each kind of workload
    public record Settings(
            Cloud cloud,
            StateStore store,
            Spec spec,
            PlanOptions options,
            Agenda agenda,
            Function<Spec, Workloads> kinds) {
        /// Of the kinds of workload that there are.
        public Settings(Cloud cloud, StateStore store, Spec spec, PlanOptions options, Agenda agenda) {
            this(cloud, store, spec, options, agenda, Kinds::of);
        }
    }

    /// Takes the lease, reads the state, and asks the cloud what is there and what it offers; like the real one
    /// it does not plan before it knows.
    public SimulatedController(Settings settings, Surroundings surroundings, Traffic traffic, Witness witness) {
        this.cloud = settings.cloud();
        this.store = settings.store();
        this.spec = settings.spec();
        this.agenda = settings.agenda();
        this.surroundings = surroundings;
        this.traffic = traffic;
        this.witness = witness;
        this.lease = acquire();
        var snapshot = store.read();
        var provider = new SimulatedProvider(cloud);
        String name = cloud.description().name();
        this.reconciler = new Reconciler(
                settings.kinds(), spec, snapshot, store.spend(""), Map.of(name, provider.limits()), lease.epoch());
        reconciler.use(settings.options());
        reconciler.balanced(traffic != Traffic.NONE);
        this.calls = new CloudCalls(name, snapshot.lineage(), provider, this::later, surroundings, this::post);
        this.events = provider.events(snapshot.lineage(), this::heard);
        calls.begin();
    }

    private Lease acquire() {
        return switch (store.acquire(new LeaseClaim("simulated", "host", 1, 0, "simulate"))) {
            case LeaseResult.Granted(Lease granted) -> granted;
            case LeaseResult.HeldBy held -> throw new IllegalStateException("Held: " + held);
            case LeaseResult.Unavailable unavailable -> throw new IllegalStateException("Unavailable: " + unavailable);
        };
    }

    /// See [CloudCalls#tellAll].
    void tellAll() {
        calls.tellAll();
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    public Spec spec() {
        return spec;
    }

    public Instant now() {
        return cloud.instant();
    }

    public World world() {
        return reconciler.world(now());
    }

    /// The latest step.
    public Step lastStep() {
        return last.orElseThrow();
    }

    public long steps() {
        return steps;
    }

    /// Changes what is wanted.
    public void declare(Spec next) {
        spec = next;
        post(new Message.SpecGiven(next));
        calls.readOffers();
        settle();
    }

    /// Changes what to plan with beyond the spec.
    public void use(PlanOptions next) {
        reconciler.use(next);
        post(new Message.Tick());
        settle();
    }

    /// Tells it something.
    public void post(Message message) {
        inbox.add(message);
    }

    /// Tells it something and lets it react.
    public void tell(Message message) {
        post(message);
        settle();
    }

    /// A machine went away: the next probe of its replica finds out, if nothing else does before.
    ///
    /// @param noticedIn time until the probe
    public void machineLost(Endpoint endpoint, Duration noticedIn) {
        ReplicaKey replica = residents.get(endpoint);
        if (replica != null && lost.add(replica)) {
            later(noticedIn, () -> post(new Message.Probed(replica, false, "connection refused")));
        }
    }

    /// Lets time pass, with all that happens in it.
    public void runTo(Instant end) {
        while (true) {
            settle();
            Instant reached = traffic.advanceTo(next(end));
            if (reached.isAfter(now())) {
                stepsAtThisInstant = 0;
            }
            cloud.advanceTo(reached);
            agenda.run(now());
            inbox.addAll(traffic.takeMessages());
            if (!now().isBefore(end)) {
                settle();
                return;
            }
        }
    }

    /// Never acts again; what was sent to the cloud stays sent, answers on their way are lost.
    @Override
    public void close() {
        closed = true;
        events.close();
        inbox.clear();
    }

    private void heard(ProviderEvent event) {
        surroundings.hears(event).ifPresent(after -> {
            Message message = new Message.Happened(cloud.description().name(), event);
            if (after.isZero()) {
                post(message);
            } else {
                later(after, () -> post(message));
            }
        });
    }

    private void later(Duration delay, Runnable action) {
        agenda.at(now().plus(delay), () -> {
            if (!closed) {
                action.run();
            }
        });
    }

    private Instant next(Instant end) {
        Instant next = earlier(end, agenda.next());
        next = earlier(next, cloud.nextDue());
        if (!calls.awaitsFirstAnswers()) {
            next = earlier(next, nextStep());
        }
        return next.isAfter(now()) ? next : now();
    }

    private static Instant earlier(Instant one, Optional<Instant> other) {
        return other.isPresent() && other.get().isBefore(one) ? other.get() : one;
    }

    /// Not before its rest is over.
    private Optional<Instant> nextStep() {
        Optional<Instant> due = inbox.isEmpty() ? wakeAt : Optional.of(now());
        return due.map(at -> at.isBefore(restsUntil) ? restsUntil : at);
    }

    private boolean mustStep() {
        return !closed
                && !calls.awaitsFirstAnswers()
                && nextStep().filter(at -> !at.isAfter(now())).isPresent();
    }

    /// Reacts to what has been told, until there is nothing left to do at this instant.
    public void settle() {
        while (mustStep()) {
            if (++stepsAtThisInstant > MAX_STEPS_AT_ONE_INSTANT) {
                throw new IllegalStateException("Still stepping at " + now() + ": " + last);
            }
            step();
        }
    }

    private void step() {
        Instant now = now();
        traffic.beforeStep(inbox, now);
        List<Message> messages = List.copyOf(inbox);
        inbox.clear();
        steps++;
        Step step = reconciler.react(messages, now);
        last = Optional.of(step);
        wakeAt = step.wakeAt();
        if (!step.changes().isEmpty()) {
            commit(step);
            // What was just committed may allow the next action at once.
            wakeAt = Optional.of(now);
        }
        if (first || !step.changes().isEmpty()) {
            publishRoutes();
            (first ? reconciler.probed() : reconciler.probed(step.changes())).forEach(this::probe);
            first = false;
        }
        step.effects().forEach(this::carryOut);
        restsUntil = now.plus(reconciler.rest());
        witness.stepped(step);
    }

    private void commit(Step step) {
        witness.committing(step);
        CommitResult committed = store.commit(lease, step.changes());
        if (!(committed instanceof CommitResult.Committed)) {
            throw new IllegalStateException("Not committed: " + committed);
        }
        calls.changed();
        traffic.committed(step);
        witness.committed(step);
    }

    private void publishRoutes() {
        if (traffic == Traffic.NONE) {
            return;
        }
        for (String service : reconciler.services()) {
            Routes routes = reconciler.routes(service);
            if (!routes.equals(published.put(service, routes))) {
                traffic.routed(routes);
            }
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.CloudCall call -> {
                if (calls.carryOut(call)) {
                    witness.called(call);
                }
            }
            case Effect.ProbeNow(ReplicaKey key) -> {
                probed.remove(key);
                reconciler.probed(key).ifPresent(this::probe);
            }
        }
    }

    private Duration onItsWay(ReplicaRecord replica) {
        return Duration.between(replica.requestedAt(), now());
    }

    /// A replica is ready some time after its instance runs, if it is healthy; afterwards it stays as it is until
    /// somebody asks again.
    private void probe(ReplicaRecord replica) {
        ReplicaKey key = ReplicaKey.of(replica);
        if (probed.add(key)) {
            residents.put(replica.endpoint().orElseThrow(), key);
            boolean starting = replica.lifecycle() == Lifecycle.STARTING;
            Duration takes = starting ? surroundings.startTakes(replica) : surroundings.probeTakes();
            if (starting
                    && onItsWay(replica)
                                    .plus(takes)
                                    .compareTo(reconciler.readinessOf(replica).initialDelay())
                            >= 0) {
                // Probes that fail meanwhile change nothing unless it takes too long.
                later(surroundings.probeTakes(), () -> post(new Message.Probed(key, false, "connection refused")));
            }
            later(takes, () -> {
                boolean passing = surroundings.isHealthy(replica);
                post(new Message.Probed(key, passing, passing ? "GET / answered 200" : "GET / answered 500"));
            });
        }
    }
}
