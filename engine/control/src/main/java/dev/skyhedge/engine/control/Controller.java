package dev.skyhedge.engine.control;

import dev.skyhedge.engine.decision.Decision;
import dev.skyhedge.engine.decision.DecisionJson;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.ReadyReplicas;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.reconcile.Effect;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Reconciler;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.Failpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// The shell around the [Reconciler]: one loop that takes messages, commits each step before it acts on it, and
/// acts. Create it with open providers and a granted lease and call [#run()] once; [#post(Message)],
/// [#deliver(Message)] and [#stop()] may come from any thread.
public final class Controller {
    /// Polling is only the safety net under events.
    public static final Duration LOOK_ANYWAY = Duration.ofSeconds(10);
    /// How long calls under way are waited for at the end.
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(30);

    private final ControllerSettings settings;
    private final ControllerListener listener;
    private final Reconciler reconciler;
    private final Mailbox mailbox = new Mailbox();
    private final Receipts receipts = new Receipts();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Clouds clouds;
    private final Prober prober;
    private final Map<String, Routes> published = new HashMap<>();
    private final AtomicReference<Optional<Heartbeat>> lease = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Ending>> ending = new AtomicReference<>(Optional.empty());
    private Spec spec;
    private Optional<SortedMap<String, Integer>> lastSettled = Optional.empty();
    private Optional<SortedMap<String, Integer>> lastReady = Optional.empty();
    private List<CheckResult> lastChecks = List.of();
    private boolean first = true;

    /// Reads the state; nothing is started yet.
    public Controller(ControllerSettings settings, ControllerListener listener) {
        this(settings, Kinds::of, listener);
    }

    /// @param kinds what a spec declares of each kind of workload
    Controller(ControllerSettings settings, Function<Spec, Workloads> kinds, ControllerListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.spec = settings.spec();
        var snapshot = settings.store().read();
        this.reconciler = new Reconciler(
                kinds,
                spec,
                snapshot,
                settings.store().spend(""),
                settings.limits(),
                settings.lease().epoch());
        reconciler.use(settings.options());
        reconciler.balanced(settings.balanced());
        this.clouds = new Clouds(settings, snapshot.lineage(), executor, this::post, listener, this::mayAct);
        this.prober = new Prober(executor, this::post);
    }

    /// Tells the controller something.
    public void post(Message message) {
        mailbox.post(message);
    }

    /// Tells the controller something that would not be told again.
    ///
    /// @return true once what it led to is saved, so that it outlives this process; false once the controller
    ///     has ended without. Until then it may still be lost
    public CompletionStage<Boolean> deliver(Message message) {
        CompletionStage<Boolean> receipt = receipts.of(message);
        mailbox.post(message);
        return receipt;
    }

    /// Ends [#run()] once calls under way have been answered.
    public void stop() {
        end(new Ending.Stopped());
    }

    /// Reconciles until the goal is reached, somebody stops it, or the state cannot be written any more.
    ///
    /// @return why it ended
    public Ending run() {
        try (Heartbeat heartbeat = Heartbeat.start(settings.store(), settings.lease(), this::end)) {
            lease.set(Optional.of(heartbeat));
            clouds.start();
            executor.execute(new OrderReader(settings.store(), this::post));
            loop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(new Ending.Stopped());
        } finally {
            prober.close();
            clouds.close();
            executor.shutdownNow();
            receipts.close();
        }
        return ending.get().orElseThrow();
    }

    private void loop() throws InterruptedException {
        List<Message> messages = new ArrayList<>();
        while (ending.get().isEmpty() && !clouds.looks().mayBegin(System.nanoTime())) {
            messages.addAll(note(mailbox.take(untilMillis(Optional.empty()))));
        }
        while (ending.get().isEmpty()) {
            Optional<Instant> wakeAt = step(messages);
            Thread.sleep(reconciler.rest());
            messages = note(mailbox.take(untilMillis(wakeAt)));
            prober.checkLoops(System.nanoTime());
        }
        finish(messages);
    }

    private List<Message> note(List<Message> batch) {
        for (Message message : batch) {
            clouds.note(message);
            if (message instanceof Message.SpecGiven(Spec given)) {
                spec = given;
            }
            if (message instanceof Message.OrdersRead(List<PlacedOrder> orders)) {
                listener.ordered(orders);
            }
        }
        return batch;
    }

    private Optional<Instant> step(List<Message> heard) {
        Instant now = settings.clock().instant();
        List<Message> messages = new ArrayList<>(heard);
        Duration lost = settings.attention().lost(now);
        if (!lost.isZero()) {
            messages.addFirst(new Message.TimeLost(lost));
        }
        boolean planning = clouds.looks().suffice(System.nanoTime());
        if (planning && settings.conditions().areOpen()) {
            evaluateConditions(messages, now);
        }
        // What is known is served and brought to its end at once, whoever has not answered yet.
        Step step = planning ? settings.goal().step(reconciler, messages, now) : reconciler.refresh(messages, now);
        if (!commit(step)) {
            return Optional.empty();
        }
        receipts.saved(heard);
        act(step);
        if (planning || !step.changes().isEmpty()) {
            listener.stepped(step);
        }
        if (!step.changes().isEmpty()) {
            // What was just committed may allow the next action at once.
            return Optional.of(now);
        }
        World world = reconciler.world(now);
        if (clouds.looks().areComplete() && !clouds.awaitsLogs(now)) {
            settings.goal().reached(spec, step, world).filter(this::isCertain).ifPresent(this::end);
        }
        return step.wakeAt();
    }

    /// Conditions are pure in these figures, so they are evaluated again only when those change.
    private void evaluateConditions(List<Message> messages, Instant now) {
        World world = reconciler.world(now);
        SortedMap<String, Integer> settled = ReadyReplicas.settled(world);
        if (!Optional.of(settled).equals(lastSettled)) {
            lastSettled = Optional.of(settled);
            spec = settings.conditions().preconditions(spec, settled);
            messages.add(new Message.SpecGiven(spec));
        }
        SortedMap<String, Integer> ready = ReadyReplicas.of(world);
        if (!Optional.of(ready).equals(lastReady)) {
            lastReady = Optional.of(ready);
            List<CheckResult> checks = settings.conditions().checks(ready);
            if (!checks.equals(lastChecks)) {
                lastChecks = checks;
                messages.add(new Message.ChecksRead(checks));
            }
        }
    }

    /// A goal is not reached as long as an intent has no outcome, even if the world looks as it should.
    private boolean isCertain(Ending why) {
        return !(why instanceof Ending.Reached) || !reconciler.hasOpenIntents();
    }

    private boolean commit(Step step) {
        if (step.changes().isEmpty()) {
            return true;
        }
        Failpoint.reached("step.before");
        CommitResult result = settings.store().commit(settings.lease(), withDecision(step));
        Failpoint.reached("step.after");
        return switch (result) {
            case CommitResult.Committed _ -> true;
            case CommitResult.Fenced fenced -> {
                end(new Ending.Fenced(fenced.holder()));
                yield false;
            }
            case CommitResult.NotSaved notSaved -> {
                end(new Ending.NotSaved(notSaved.problem()));
                yield false;
            }
        };
    }

    /// What led to the changes, in the same commit: somebody may ask why.
    private static List<Change> withDecision(Step step) {
        Optional<Decision> kept = step.decision().filter(Decision::isKept);
        if (kept.isEmpty()) {
            return step.changes();
        }
        List<Change> changes = new ArrayList<>(step.changes());
        changes.add(new Change.KeepDecision(step.plan().at(), DecisionJson.write(kept.get())));
        return changes;
    }

    /// Routes first: a replica that is about to end must have left the routing table by then.
    private void act(Step step) {
        if (first || !step.changes().isEmpty()) {
            // The first step may find everything in order: there are routes and probes to begin with all the same.
            first = false;
            publishRoutes();
            prober.probe(targets());
        }
        if (!mayAct()) {
            lease.get().ifPresent(heartbeat -> end(heartbeat.unconfirmed()));
            return;
        }
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.CloudCall call -> clouds.start(call);
                case Effect.ProbeNow(ReplicaKey replica) -> prober.probeNow(replica);
            }
        }
    }

    /// Between the commit and the call others may have taken the lease, if this process stood still in between.
    private boolean mayAct() {
        return lease.get().filter(Heartbeat::isFresh).isPresent();
    }

    private void publishRoutes() {
        for (String service : reconciler.services()) {
            Routes routes = reconciler.routes(service);
            if (!routes.equals(published.put(service, routes))) {
                listener.routed(routes);
            }
        }
    }

    private List<Prober.Target> targets() {
        return reconciler.probed().stream()
                .map(replica -> new Prober.Target(
                        ReplicaKey.of(replica),
                        replica.endpoint().orElseThrow(),
                        reconciler.readinessOf(replica),
                        settings.keys().credentials(reconciler.accessOf(replica), replica.token()),
                        replica.isServing()))
                .toList();
    }

    /// Takes in the answers of calls under way, so that as few intents as possible are left open.
    private void finish(List<Message> first) throws InterruptedException {
        boolean mayCommit = switch (ending.get().orElseThrow()) {
            case Ending.Stopped _, Ending.Hopeless _ -> true;
            case Ending.Reached _, Ending.Fenced _, Ending.NotSaved _ -> false;
        };
        if (!mayCommit) {
            return;
        }
        Instant limit = settings.clock().instant().plus(FINISH_LIMIT);
        List<Message> messages = first;
        while (true) {
            Step step = reconciler.conclude(messages, settings.clock().instant());
            if (!commit(step)) {
                return;
            }
            listener.stepped(step);
            if (!reconciler.hasCallsUnderWay() || settings.clock().instant().isAfter(limit)) {
                return;
            }
            messages = mailbox.take(LOOK_ANYWAY.toMillis());
        }
    }

    private long untilMillis(Optional<Instant> wakeAt) {
        // That a cloud has been waited for long enough is no news that wakes.
        Duration left = clouds.looks().left(System.nanoTime());
        long anyway = (left.isZero() ? LOOK_ANYWAY : left.plusMillis(1)).toMillis();
        return wakeAt.map(at -> Duration.between(settings.clock().instant(), at).toMillis())
                .map(millis -> Math.clamp(millis, 0, anyway))
                .orElse(anyway);
    }

    /// The first reason counts.
    private void end(Ending why) {
        if (ending.getAndUpdate(before -> before.or(() -> Optional.of(why))).isEmpty()) {
            mailbox.post(new Message.Tick());
        }
    }
}
