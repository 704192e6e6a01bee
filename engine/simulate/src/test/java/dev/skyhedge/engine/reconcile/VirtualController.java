package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.simulate.event.Agenda;
import dev.skyhedge.engine.simulate.event.SimulatedController;
import dev.skyhedge.engine.simulate.event.Surroundings;
import dev.skyhedge.engine.simulate.event.Traffic;
import dev.skyhedge.engine.simulate.event.Witness;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// A [SimulatedController] that a test can disturb. It can die at every [CrashPoint]; a successor then goes on
/// from the state, as after `kill -9`. What was sent to the cloud before stays sent, answers that were on their
/// way are lost.
final class VirtualController {
    static final String LINEAGE = "test-lineage";

    private final Cloud cloud;
    private final InMemoryState store;
    private final Agenda agenda = new Agenda();
    private final List<BiConsumer<World, Step>> watchers = new ArrayList<>();

    private final Function<Spec, Workloads> kinds;
    private Duration latency = Duration.ofMillis(500);
    private Duration startDelay = Duration.ofSeconds(20);
    private Predicate<ReplicaRecord> healthy = _ -> true;
    private Optional<CrashPoint> crashAt = Optional.empty();
    private PlanOptions options = PlanOptions.DEFAULT;
    private boolean deaf;
    private long stepsOfTheDead;
    private long successions;
    private SimulatedController alive;

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    VirtualController(Cloud cloud, Spec spec) {
        this(cloud, spec, Kinds::of);
    }

    /// @param kinds what a spec declares of each kind of workload
    VirtualController(Cloud cloud, Spec spec, Function<Spec, Workloads> kinds) {
        this.cloud = cloud;
        this.kinds = kinds;
        this.store = new InMemoryState(LINEAGE, cloud, _ -> true, new Retention(100, 1_000, Duration.ofDays(90)));
        this.alive = begin(spec);
    }

    private SimulatedController begin(Spec spec) {
        return new SimulatedController(
                new SimulatedController.Settings(cloud, store, spec, options, agenda, kinds),
                new Given(),
                Traffic.NONE,
                new Watchers());
    }

    // --- what a test may ask for

    Cloud cloud() {
        return cloud;
    }

    InMemoryState store() {
        return store;
    }

    Reconciler reconciler() {
        return alive.reconciler();
    }

    Spec spec() {
        return alive.spec();
    }

    Instant now() {
        return cloud.instant();
    }

    World world() {
        return alive.world();
    }

    /// The latest step.
    Step lastStep() {
        return alive.lastStep();
    }

    long steps() {
        return stepsOfTheDead + alive.steps();
    }

    /// How often a successor has taken over.
    long successions() {
        return successions;
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

    /// Lets the replicas die that this says, so long after they got ready.
    void dieAfter(Duration life, Predicate<ReplicaRecord> which) {
        watchers.add((_, step) -> step.transitions().stream()
                .map(Step.Transition::after)
                .filter(replica -> replica.lifecycle() == Lifecycle.READY && which.test(replica))
                .forEach(replica -> agenda.at(
                        now().plus(life), () -> cloud.exit(replica.instanceId().orElseThrow(), "exit status 1"))));
    }

    /// The clock jumps; what depends on it is told as the real controller tells it.
    void jumps(Duration by) {
        cloud.advanceTo(now().plus(by));
        tell(new Message.TimeLost(by));
    }

    /// Time passes in the cloud while no controller runs.
    void stands(Duration time) {
        alive.close();
        cloud.advanceTo(now().plus(time));
    }

    /// Whether balancers count requests, as beside `watch`.
    void balanced(boolean isBalanced) {
        alive.reconciler().balanced(isBalanced);
    }

    /// What is declared of each kind from now on; a successor takes over with it.
    void declare(Spec next) {
        surviving(() -> alive.declare(next));
    }

    void use(PlanOptions next) {
        options = next;
        surviving(() -> alive.use(next));
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
        alive.post(message);
    }

    /// Posts it and reacts.
    void tell(Message message) {
        surviving(() -> alive.tell(message));
    }

    /// Dies the next time that it comes to this point.
    void crashAt(CrashPoint point) {
        crashAt = Optional.of(point);
    }

    /// Dies now.
    void crash() {
        stepsOfTheDead += alive.steps();
        successions++;
        crashAt = Optional.empty();
        alive.close();
        alive = begin(alive.spec());
    }

    /// Lets time pass, with all that happens in it.
    void run(Duration time) {
        Instant end = now().plus(time);
        surviving(() -> alive.runTo(end));
        if (now().isBefore(end)) {
            run(Duration.between(now(), end));
        }
    }

    // --- inside

    /// A successor takes over whenever the work is cut short.
    private void surviving(Runnable work) {
        try {
            work.run();
        } catch (Killed _) {
            crash();
        }
    }

    private void passes(CrashPoint point) {
        if (crashAt.filter(point::equals).isPresent()) {
            throw new Killed();
        }
    }

    private final class Watchers implements Witness {
        @Override
        public void committing(Step step) {
            passes(CrashPoint.BEFORE_COMMIT);
        }

        @Override
        public void committed(Step step) {
            if (!watchers.isEmpty()) {
                World after = world();
                watchers.forEach(watcher -> watcher.accept(after, step));
            }
            passes(CrashPoint.AFTER_COMMIT);
        }

        @Override
        public void called(Effect effect) {
            passes(CrashPoint.AFTER_CALL);
        }
    }

    /// The world answers as the test says.
    private final class Given implements Surroundings {
        @Override
        public Duration callTakes(boolean refused) {
            return latency;
        }

        @Override
        public Duration startTakes(ReplicaRecord replica) {
            return startDelay;
        }

        @Override
        public Duration probeTakes() {
            return latency;
        }

        @Override
        public Optional<Duration> hears(ProviderEvent event) {
            return deaf ? Optional.empty() : Optional.of(Duration.ZERO);
        }

        @Override
        public boolean isHealthy(ReplicaRecord replica) {
            return healthy.test(replica);
        }
    }
}
