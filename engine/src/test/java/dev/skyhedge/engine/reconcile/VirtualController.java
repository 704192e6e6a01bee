package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.state.CommitResult;
import dev.skyhedge.state.InMemoryState;
import dev.skyhedge.state.Intent;
import dev.skyhedge.state.Lease;
import dev.skyhedge.state.LeaseClaim;
import dev.skyhedge.state.LeaseResult;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The [Controller]'s work on a virtual clock and in one thread: the same [Reconciler], a simulated cloud, a
/// state in memory. It can die at every [CrashPoint]; a successor then goes on from the state, as after `kill
/// -9`. What was sent to the cloud before stays sent, answers that were on their way are lost.
final class VirtualController {
    static final String LINEAGE = "test-lineage";
    private static final String PROVIDER = "sim";
    private static final Duration OBSERVE_ANYWAY = Duration.ofSeconds(60);
    private static final Duration READ_OFFERS = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    /// More steps without time passing than any cause can need.
    private static final int MAX_STEPS_AT_ONE_INSTANT = 1_000;

    private final Cloud cloud;
    private final SimulatedProvider provider;
    private final InMemoryState store;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::ordinal));
    private final List<Message> inbox = new ArrayList<>();
    private final Set<ReplicaKey> probed = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final List<BiConsumer<World, Step>> watchers = new ArrayList<>();

    private Duration latency = Duration.ofMillis(500);
    private Duration startDelay = Duration.ofSeconds(20);
    private Predicate<ReplicaRecord> healthy = _ -> true;
    private Optional<CrashPoint> crashAt = Optional.empty();
    private PlanOptions options = PlanOptions.DEFAULT;
    private Spec spec;
    private Lease lease;
    private Reconciler reconciler;
    private Subscription events;
    private Optional<Instant> wakeAt = Optional.empty();
    private Optional<Step> last = Optional.empty();
    private long ordinal;
    private int incarnation;
    private int answersAwaited;
    private boolean deaf;
    private int stepsAtThisInstant;
    private long steps;

    /// Something that happens later, unless the controller that waits for it has died.
    private record Due(Instant at, long ordinal, int incarnation, Runnable action) {}

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    VirtualController(Cloud cloud, Spec spec) {
        this.cloud = cloud;
        this.spec = spec;
        this.provider = new SimulatedProvider(cloud);
        this.store = new InMemoryState(LINEAGE, cloud, _ -> false, new Retention(100, 1_000, Duration.ofDays(90)));
        this.lease = acquire();
        this.reconciler = recover();
        this.events = subscribe();
        begin();
    }

    // --- what a test may ask for

    Cloud cloud() {
        return cloud;
    }

    InMemoryState store() {
        return store;
    }

    Reconciler reconciler() {
        return reconciler;
    }

    Spec spec() {
        return spec;
    }

    Instant now() {
        return cloud.instant();
    }

    World world() {
        return reconciler.world(now());
    }

    /// The latest step.
    Step lastStep() {
        return last.orElseThrow();
    }

    long steps() {
        return steps;
    }

    List<ReplicaRecord> replicas() {
        return store.read().replicas();
    }

    List<ReplicaRecord> replicas(Lifecycle lifecycle) {
        return replicas().stream()
                .filter(replica -> replica.lifecycle() == lifecycle)
                .toList();
    }

    List<ReplicaRecord> live() {
        return replicas().stream()
                .filter(replica -> replica.lifecycle().isLive())
                .toList();
    }

    // --- what a test may do

    void declare(Spec next) {
        spec = next;
        post(new Message.SpecGiven(next));
        readOffers();
        settleNow();
    }

    void use(PlanOptions next) {
        options = next;
        reconciler.use(next);
        post(new Message.Tick());
        settleNow();
    }

    void healthyIf(Predicate<ReplicaRecord> which) {
        healthy = which;
    }

    void callsTake(Duration time) {
        latency = time;
    }

    void startsIn(Duration time) {
        startDelay = time;
    }

    /// Hears no events of the cloud any more, as behind a broken connection that nobody notices.
    void goesDeaf() {
        deaf = true;
    }

    /// Is shown the world after each step that changed it, before its effects, and the step.
    void watch(BiConsumer<World, Step> watcher) {
        watchers.add(watcher);
    }

    void post(Message message) {
        inbox.add(message);
    }

    /// Posts it and reacts.
    void tell(Message message) {
        post(message);
        settleNow();
    }

    /// Dies the next time that it comes to this point.
    void crashAt(CrashPoint point) {
        crashAt = Optional.of(point);
    }

    /// Dies now.
    void crash() {
        events.close();
        inbox.clear();
        probed.clear();
        silent.clear();
        incarnation++;
        crashAt = Optional.empty();
        lease = acquire();
        reconciler = recover();
        events = subscribe();
        begin();
    }

    /// Lets time pass, with all that happens in it.
    void run(Duration time) {
        Instant end = now().plus(time);
        while (true) {
            settleNow();
            Instant next = nextInstant().filter(at -> at.isBefore(end)).orElse(end);
            if (next.isAfter(now())) {
                stepsAtThisInstant = 0;
            }
            cloud.advanceTo(next);
            takeDue();
            if (!now().isBefore(end)) {
                settleNow();
                return;
            }
        }
    }

    // --- inside

    private Lease acquire() {
        return switch (store.acquire(new LeaseClaim("virtual", "host", 1, 0, "test"))) {
            case LeaseResult.Granted(Lease granted) -> granted;
            case LeaseResult.HeldBy held -> throw new IllegalStateException("Held: " + held);
            case LeaseResult.Unavailable unavailable -> throw new IllegalStateException("Unavailable: " + unavailable);
        };
    }

    private Reconciler recover() {
        var recovered =
                new Reconciler(spec, store.read(), store.spend(""), Map.of(PROVIDER, provider.limits()), lease.epoch());
        recovered.use(options);
        return recovered;
    }

    private Subscription subscribe() {
        int mine = incarnation;
        return provider.events(LINEAGE, event -> {
            if (mine == incarnation && !deaf) {
                post(new Message.Happened(PROVIDER, event));
            }
        });
    }

    /// As the controller, it does not plan before it has been told what is there and what is offered.
    private void begin() {
        wakeAt = Optional.empty();
        answersAwaited = 2;
        observe();
        readOffers();
        every(OBSERVE_ANYWAY, this::observe);
        every(READ_OFFERS, this::readOffers);
    }

    private void every(Duration period, Runnable action) {
        later(period, () -> {
            action.run();
            every(period, action);
        });
    }

    private void later(Duration delay, Runnable action) {
        agenda.add(new Due(now().plus(delay), ordinal++, incarnation, action));
    }

    private Optional<Instant> nextInstant() {
        return Stream.of(
                        Optional.ofNullable(agenda.peek()).map(Due::at),
                        cloud.nextDue(),
                        answersAwaited > 0 ? Optional.<Instant>empty() : wakeAt)
                .flatMap(Optional::stream)
                .map(at -> at.isAfter(now()) ? at : now())
                .min(Comparator.naturalOrder());
    }

    private void takeDue() {
        for (Due due = agenda.peek(); due != null && !due.at().isAfter(now()); due = agenda.peek()) {
            agenda.remove();
            if (due.incarnation() == incarnation) {
                due.action().run();
            }
        }
    }

    private boolean mustStep() {
        return answersAwaited <= 0
                && (!inbox.isEmpty() || wakeAt.filter(at -> !at.isAfter(now())).isPresent());
    }

    private void settleNow() {
        while (mustStep()) {
            if (++stepsAtThisInstant > MAX_STEPS_AT_ONE_INSTANT) {
                throw new AssertionError("Still stepping at " + now() + ": " + last);
            }
            try {
                step();
            } catch (Killed _) {
                crash();
            }
        }
    }

    private void step() {
        List<Message> messages = List.copyOf(inbox);
        inbox.clear();
        steps++;
        Step step = reconciler.react(messages, now());
        last = Optional.of(step);
        wakeAt = step.wakeAt();
        if (!step.changes().isEmpty()) {
            passes(CrashPoint.BEFORE_COMMIT);
            CommitResult committed = store.commit(lease, step.changes());
            if (!(committed instanceof CommitResult.Committed)) {
                throw new AssertionError("Not committed: " + committed);
            }
            if (!watchers.isEmpty()) {
                World after = world();
                watchers.forEach(watcher -> watcher.accept(after, step));
            }
            passes(CrashPoint.AFTER_COMMIT);
            wakeAt = Optional.of(now());
        }
        step.effects().forEach(this::carryOut);
        reconciler.probed().forEach(this::probe);
    }

    private void passes(CrashPoint point) {
        if (crashAt.filter(point::equals).isPresent()) {
            throw new Killed();
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Launch(Intent intent, ReplicaSpec replica) -> {
                var outcome = provider.launch(request(intent, replica));
                passes(CrashPoint.AFTER_CALL);
                later(latency, () -> post(new Message.LaunchEnded(intent.id(), outcome)));
            }
            case Effect.Terminate(Intent intent) -> {
                var outcome = provider.terminate(
                        intent.instanceId().orElseThrow(), intent.offer().location());
                passes(CrashPoint.AFTER_CALL);
                later(latency, () -> post(new Message.TerminateEnded(intent.id(), outcome)));
            }
            case Effect.Observe _ -> observe();
            case Effect.ReadLog(ReplicaKey replica, String instanceId, var location) -> {
                if (provider.logs(instanceId, location, 0, 1_000) instanceof Outcome.Done<LogPage>(LogPage page)) {
                    later(latency, () -> post(new Message.LogRead(replica, page.text())));
                }
            }
            case Effect.ProbeNow(ReplicaKey replica) -> {
                probed.remove(replica);
                reconciler.probed().forEach(this::probe);
            }
        }
    }

    private static LaunchRequest request(Intent intent, ReplicaSpec replica) {
        var tags = new InstanceTags(LINEAGE, intent.service(), intent.replica(), intent.generation(), intent.token());
        var workload = new Workload(replica.image(), replica.command(), replica.port(), new LinkedHashMap<>());
        return new LaunchRequest(intent.offer(), tags, workload);
    }

    private void observe() {
        switch (provider.observe(LINEAGE)) {
            case Outcome.Done<Observation>(Observation observation) ->
                answer(new Message.Observed(PROVIDER, observation));
            case Outcome.Failed<Observation>(var failure) -> {
                answer(new Message.ProviderSilent(PROVIDER, failure));
                askAgain("observe", this::observe);
            }
        }
    }

    private void readOffers() {
        var everything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        switch (provider.offers(everything)) {
            case Outcome.Done<OfferList>(OfferList offers) -> answer(new Message.OffersRead(PROVIDER, offers));
            case Outcome.Failed<OfferList>(var failure) -> {
                answer(new Message.ProviderSilent(PROVIDER, failure));
                askAgain("offers", this::readOffers);
            }
        }
    }

    private void answer(Message message) {
        later(latency, () -> {
            answersAwaited--;
            post(message);
        });
    }

    private void askAgain(String what, Runnable again) {
        if (silent.add(what)) {
            later(ASK_AGAIN, () -> {
                silent.remove(what);
                again.run();
            });
        }
    }

    /// A replica is ready some time after its instance runs, if it is healthy; afterwards it stays as it is
    /// until a test says otherwise.
    private void probe(ReplicaRecord replica) {
        ReplicaKey key = ReplicaKey.of(replica);
        if (probed.add(key)) {
            boolean starting = replica.lifecycle() == Lifecycle.STARTING;
            later(starting ? startDelay : latency, () -> {
                boolean passing = healthy.test(replica);
                post(new Message.Probed(key, passing, passing ? "GET / answered 200" : "GET / answered 500"));
            });
        }
    }
}
