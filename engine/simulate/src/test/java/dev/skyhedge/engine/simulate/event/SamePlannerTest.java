package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.control.Controller;
import dev.skyhedge.engine.control.ControllerListener;
import dev.skyhedge.engine.control.ControllerSettings;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.reconcile.Watch;
import dev.skyhedge.engine.testing.AnsweringReplicas;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.Retention;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same market, once watched by the real controller with its threads, mailbox, store and HTTP probes, on a
/// clock that runs as fast as the controller can follow, and once simulated.
///
/// Both have taken the same decisions if they launched in the same places and for the same reasons, and ended
/// for the same reasons, in the same order in each market. Names are left out, and the order between the
/// markets: whether two messages of one instant are read together or one after the other is up to threads, and
/// a name may be free by then or not.
class SamePlannerTest {
    private static final Duration LENGTH = Duration.ofHours(2);
    /// One of each at a time: with more, threads decide what is known when the next one is placed.
    private static final Declared SERVICE = Scenes.chat().wants(1).spotHedge(1, true, 0);

    private static final Duration SPOT_BOOT = Duration.ofSeconds(60);
    private static final Duration ON_DEMAND_BOOT = Duration.ofSeconds(45);
    /// Without one, whether the stopping and the end of an instance are read together decides what is tried next.
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private static final Duration STRIDE = Duration.ofSeconds(60);
    private static final long LIMIT_SECONDS = 60;
    private static final long TICK_MILLIS = 2;

    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private AnsweringReplicas replicas;

    @BeforeEach
    void open() throws IOException {
        replicas = new AnsweringReplicas();
    }

    @AfterEach
    void close() {
        time.shutdownNow();
        replicas.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 5})
    void watchingAndSimulatingDecideAlike(long seed) throws Exception {
        List<Decision> watched = watch(seed);
        List<Decision> simulated = simulate(seed);

        assertThat(byMarket(watched)).isEqualTo(byMarket(simulated));
        assertThat(simulated)
                .filteredOn(one -> one.state() == Lifecycle.PREEMPTED)
                .isNotEmpty();
    }

    /// Launches and our own endings of each market, in order.
    private static Map<String, List<String>> byMarket(List<Decision> decisions) {
        Map<String, List<String>> byMarket = new TreeMap<>();
        for (Decision decision : decisions) {
            if (decision.state() == Lifecycle.REQUESTED || isEndedByUs(decision)) {
                String market = decision.where().substring(decision.where().lastIndexOf(' ') + 1);
                byMarket.computeIfAbsent(market, _ -> new ArrayList<>())
                        .add(decision.state() + " " + decision.where() + ": "
                                + decision.reason().replace("; drained", ""));
            }
        }
        return byMarket;
    }

    private static boolean isEndedByUs(Decision decision) {
        return decision.state() == Lifecycle.STOPPING && !decision.reason().contains("provider");
    }

    private static MarketCloud placed(long seed) {
        return MarketCloud.of(SERVICE.spec(), "sim", market(seed), Scenes.START, PriceBook.ratio(3), lags(), seed);
    }

    /// Takes back one at a time.
    private static MarketTrace market(long seed) {
        return new SyntheticMarket(
                Scenes.zones(),
                new SyntheticMarket.Shape(Duration.ofMinutes(30), Duration.ofMinutes(10), Optional.empty(), 1, seed));
    }

    private static Lags lags() {
        Lag none = new Lag.Constant(Duration.ZERO);
        return new Lags(
                none, none, new Lag.Constant(SPOT_BOOT), new Lag.Constant(ON_DEMAND_BOOT), none, none, NOTICE, 1);
    }

    private static List<Decision> simulate(long seed) {
        MarketCloud placed = placed(seed);
        return EventSimulation.run(
                        new EventSimulation.Settings(
                                placed.spec(),
                                placed.description(),
                                Scenes.START,
                                lags(),
                                Optional.empty(),
                                Duration.ZERO,
                                seed),
                        LENGTH)
                .decisions();
    }

    private List<Decision> watch(long seed) throws Exception {
        MarketCloud placed = placed(seed);
        CloudDescription given = placed.description();
        var cloud = new Cloud(
                new CloudDescription(
                        given.name(),
                        given.listings(),
                        given.market(),
                        given.marketOrigin(),
                        given.rules().withBoot(SPOT_BOOT, ON_DEMAND_BOOT),
                        given.random()),
                VirtualMachines.withEndpoints((_, _) -> replicas.endpoint()),
                new Ledger(),
                Scenes.START);
        var store = new InMemoryState("watched", cloud, _ -> true, new Retention(10, 100, Duration.ofDays(1)));
        var log = new Log(cloud);
        var controller = controller(placed.spec(), cloud, store, log);
        var ended = new CompletableFuture<Boolean>();
        var quiet = new Quiet(controller, store, log);
        var clock = time.scheduleAtFixedRate(
                failing(ended, () -> {
                    if (!quiet.isAnswered()) {
                        return;
                    }
                    if (quiet.look()) {
                        cloud.advanceTo(next(cloud, log));
                    }
                    if (cloud.instant().isBefore(Scenes.START.plus(LENGTH))) {
                        quiet.ask();
                    } else {
                        // First, as the controller may be gone before this thread goes on.
                        ended.complete(true);
                        controller.stop();
                    }
                }),
                0,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
        Thread running = Thread.ofVirtual().start(failing(ended, () -> {
            Ending ending = controller.run();
            ended.completeExceptionally(new IllegalStateException("The controller ended by itself: " + ending));
        }));
        await(ended, cloud, store);
        clock.cancel(false);
        running.join(Duration.ofSeconds(LIMIT_SECONDS));
        return log.decisions;
    }

    /// A slow machine may take its time, as long as the clock goes on.
    private static void await(CompletableFuture<Boolean> ended, Cloud cloud, InMemoryState store) throws Exception {
        while (true) {
            Instant before = cloud.instant();
            try {
                ended.get(LIMIT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                if (!cloud.instant().isAfter(before)) {
                    Snapshot state = store.read();
                    throw new IllegalStateException(
                            "The clock stands at " + before + ", with " + state.openIntents() + " and "
                                    + state.replicas(),
                            e);
                }
            }
        }
    }

    /// What goes wrong in it fails the test at once, and says why.
    private static Runnable failing(CompletableFuture<Boolean> test, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                test.completeExceptionally(e);
            }
        };
    }

    private static Instant next(Cloud cloud, Log log) {
        Instant now = cloud.instant();
        Instant next = now.plus(STRIDE);
        for (Optional<Instant> due : List.of(
                cloud.nextDue(), log.last.get().flatMap(Step::wakeAt), Optional.of(Scenes.START.plus(LENGTH)))) {
            next = due.filter(at -> at.isAfter(now)).filter(next::isAfter).orElse(next);
        }
        return next;
    }

    private static Controller controller(Spec spec, Cloud cloud, InMemoryState store, Log log) {
        Lease lease = switch (store.acquire(new LeaseClaim("me", "host", 1, 0, "test"))) {
            case LeaseResult.Granted(Lease granted) -> granted;
            case LeaseResult.HeldBy held -> throw new IllegalStateException("Held: " + held);
            case LeaseResult.Unavailable unavailable -> throw new IllegalStateException("Unavailable: " + unavailable);
        };
        return new Controller(
                new ControllerSettings(
                        spec,
                        new Watch(),
                        PlanOptions.DEFAULT,
                        store,
                        lease,
                        new TreeMap<>(Map.of("sim", new SimulatedProvider(cloud))),
                        Map.of(),
                        cloud),
                log);
    }

    /// Finds out whether all that came of the latest move of time is over. Time stands still while a call or a
    /// probe is under way.
    private static final class Quiet {
        /// A question is answered once the step that read it is saved; what that step was is told a little
        /// later, but before the next answer. So the first look may come too early, the second sees what was
        /// told, and the third that nothing has come of it.
        private static final int LOOKS = 3;

        private final Controller controller;
        private final InMemoryState store;
        private final Log log;
        private CompletableFuture<Boolean> question = CompletableFuture.completedFuture(true);
        private int changes;
        private int quietLooks;

        Quiet(Controller controller, InMemoryState store, Log log) {
            this.controller = controller;
            this.store = store;
            this.log = log;
        }

        boolean isAnswered() {
            return question.isDone();
        }

        void ask() {
            question = controller.deliver(new Message.Tick()).toCompletableFuture();
        }

        /// One look after each answer.
        boolean look() {
            int now = log.changes();
            quietLooks = isQuiet(store.read()) && changes == now ? quietLooks + 1 : 0;
            changes = now;
            boolean quiet = quietLooks >= LOOKS;
            quietLooks = quiet ? 0 : quietLooks;
            return quiet;
        }

        private static boolean isQuiet(Snapshot state) {
            return state.openIntents().isEmpty()
                    && state.replicas().stream().noneMatch(replica -> replica.lifecycle() == Lifecycle.STARTING);
        }
    }

    private static final class Log implements ControllerListener {
        private final Cloud cloud;
        private final List<Decision> decisions = Collections.synchronizedList(new ArrayList<>());
        private final AtomicReference<Optional<Step>> last = new AtomicReference<>(Optional.empty());
        private final AtomicInteger changes = new AtomicInteger();

        Log(Cloud cloud) {
            this.cloud = cloud;
        }

        @Override
        public void stepped(Step step) {
            decisions.addAll(Decision.of(step, cloud.instant()));
            last.set(Optional.of(step));
            if (!step.changes().isEmpty()) {
                changes.incrementAndGet();
            }
        }

        /// How many steps have changed anything.
        int changes() {
            return changes.get();
        }

        @Override
        public void routed(Routes routes) {}

        @Override
        public void providerFailed(String provider, Failure failure) {
            throw new IllegalStateException(provider + ": " + failure);
        }
    }
}
