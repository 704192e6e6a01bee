package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.CarryOut;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Goal;
import dev.skyhedge.engine.reconcile.InstanceNotice;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Reconciler;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Settle;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.reconcile.Watch;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.engine.testing.lamp.Lamps;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.testing.ForwardingProvider;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller on the real clock, with real probes and a cloud that boots in milliseconds.
class ControllerTest {
    private static final long LIMIT_SECONDS = 30;
    private static final Declared CHAT = Declared.service("chat");

    private final InstantSource clock = InstantSource.system();
    private final InMemoryState store = new InMemoryState("lineage", clock);
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private HttpServer replicas;
    private Cloud cloud;

    @BeforeEach
    void open() throws IOException {
        replicas = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        replicas.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        replicas.start();
        var endpoint = new Endpoint("127.0.0.1", replicas.getAddress().getPort());
        cloud = SimulatedClouds.cloud(
                CloudRules.calm().withBoot(Duration.ofMillis(20), Duration.ofMillis(20)),
                new CalmMarket(SimulatedClouds.series(), 1_000),
                clock.instant(),
                VirtualMachines.withEndpoints((_, _) -> endpoint));
        var unused = time.scheduleAtFixedRate(() -> cloud.advanceTo(clock.instant()), 0, 5, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void close() {
        time.shutdownNow();
        replicas.stop(0);
    }

    private Controller controller(Spec spec, Goal goal, Provider provider) {
        return controller(spec, goal, provider, new SilentListener());
    }

    private Controller controller(Spec spec, Goal goal, Provider provider, ControllerListener listener) {
        return new Controller(settings(spec, goal, provider), listener);
    }

    private ControllerSettings settings(Spec spec, Goal goal, Provider provider) {
        return new ControllerSettings(
                spec,
                goal,
                PlanOptions.DEFAULT,
                store,
                lease(),
                new TreeMap<>(Map.of("sim", provider)),
                Map.of(),
                clock);
    }

    private Lease lease() {
        return switch (store.acquire(new LeaseClaim("me", "host", 1, 0, "test"))) {
            case LeaseResult.Granted(Lease granted) -> granted;
            case LeaseResult.HeldBy held -> throw new IllegalStateException("Held: " + held);
            case LeaseResult.Unavailable unavailable -> throw new IllegalStateException("Unavailable: " + unavailable);
        };
    }

    private static CompletableFuture<Ending> start(Controller controller) {
        var ending = new CompletableFuture<Ending>();
        Thread.ofVirtual().start(() -> {
            try {
                ending.complete(controller.run());
            } catch (RuntimeException e) {
                ending.completeExceptionally(e);
            }
        });
        return ending;
    }

    private static Ending await(CompletableFuture<Ending> ending)
            throws InterruptedException, ExecutionException, TimeoutException {
        return ending.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private Ending run(Spec spec, Goal goal) throws InterruptedException, ExecutionException, TimeoutException {
        return await(start(controller(spec, goal, new SimulatedProvider(cloud))));
    }

    @Test
    void endsWhenEveryServiceServes() throws Exception {
        Ending ending = run(Declared.all(CHAT.wants(2), Declared.service("embed")), new Settle());

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(store.read().replicas()).hasSize(3).allMatch(r -> r.lifecycle() == Lifecycle.READY);
        assertThat(store.read().openIntents()).isEmpty();
    }

    @Test
    void restsBetweenTheStepsOfALargeFleet() throws Exception {
        List<Long> steps = new ArrayList<>();
        var listener = new SilentListener() {
            @Override
            public void stepped(Step step) {
                if (store.read().replicas().size() == 200) {
                    steps.add(System.nanoTime());
                }
            }
        };

        await(start(controller(Declared.all(CHAT.wants(200)), new Settle(), new SimulatedProvider(cloud), listener)));

        assertThat(steps).hasSizeGreaterThan(2);
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i) - steps.get(i - 1)).isGreaterThanOrEqualTo(2_000_000);
        }
    }

    @Test
    void launchesOnTheDeclaredDisk() throws Exception {
        List<OptionalInt> disks = new CopyOnWriteArrayList<>();
        var provider = new ForwardingProvider(new SimulatedProvider(cloud)) {
            @Override
            public Outcome<Instance> launch(LaunchRequest request) {
                disks.add(request.diskGb());
                return super.launch(request);
            }
        };

        await(start(controller(Declared.all(CHAT.wants(2).onDisk(500)), new Settle(), provider)));

        assertThat(disks).hasSize(2).containsOnly(OptionalInt.of(500));
    }

    @Test
    void runsAKindOfWorkloadThatItHasNeverHeardOf(@TempDir Path directory) throws Exception {
        Spec lamps = Lamps.read(directory, "lamp \"hall\" {\n  machines = 2\n}\n")
                .spec()
                .orElseThrow();
        SequencedMap<String, WorkloadSpec> both =
                new LinkedHashMap<>(Declared.all(CHAT).workloads());
        both.putAll(lamps.workloads());
        ControllerSettings settings =
                settings(new Spec(List.of(), both, List.of()), new Settle(), new SimulatedProvider(cloud));
        var controller = new Controller(settings, Lamps::of, new SilentListener());

        Ending ending = await(start(controller));

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(store.read().replicas())
                .extracting(ReplicaRecord::name, ReplicaRecord::lifecycle)
                .containsExactly(
                        tuple("chat-1", Lifecycle.READY),
                        tuple("hall-1", Lifecycle.READY),
                        tuple("hall-2", Lifecycle.READY));
        assertThat(store.read().openIntents()).isEmpty();
    }

    @Test
    void endsWhenEverythingIsDestroyed() throws Exception {
        run(Declared.all(CHAT.wants(2)), new Settle());

        Ending ending = run(Declared.all(), new Settle());

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(cloud.ledger().live()).isEmpty();
        assertThat(store.read().services()).isEmpty();
    }

    @Test
    void endsWithTheReasonWhenNoLocationOffersWhatIsAskedFor() throws Exception {
        Ending ending = run(Declared.all(CHAT.in("sim/south/*")), new Settle());

        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Hopeless.class,
                        hopeless -> assertThat(hopeless.reasons())
                                .singleElement()
                                .asString()
                                .contains("chat", "cannot be placed"));
    }

    @Test
    void endsWithTheReasonWhenTheProviderRefuses() throws Exception {
        cloud.faults()
                .next(
                        Call.LAUNCH,
                        LocationPattern.parse("*"),
                        new Fault.Refused(new Failure.InvalidRequest("no such image")),
                        Integer.MAX_VALUE);

        Ending ending = run(Declared.all(CHAT), new Settle());

        assertThat(ending)
                .isInstanceOfSatisfying(
                        Ending.Hopeless.class,
                        hopeless -> assertThat(hopeless.reasons())
                                .singleElement()
                                .asString()
                                .contains("nothing is launched any more", "no such image"));
        assertThat(cloud.ledger().rentals()).isEmpty();
    }

    @Test
    void carriesOutASavedPlanAndNothingElse() throws Exception {
        Plan saved = savedPlan(Declared.all(CHAT.wants(2)));

        Ending ending = run(Declared.all(CHAT.wants(3), Declared.service("embed")), new CarryOut(saved.actions()));

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(cloud.ledger().rentals())
                .extracting(rental -> rental.tags().token())
                .containsExactlyInAnyOrderElementsOf(saved.actions().stream()
                        .filter(Action.Launch.class::isInstance)
                        .map(action -> ((Action.Launch) action).token())
                        .toList());
        assertThat(cloud.ledger().rentals()).extracting(Rental::isLive).containsOnly(true);
    }

    @Test
    void endsOnlyOnceNothingIsUndecided() throws Exception {
        run(Declared.all(CHAT), new Settle());
        ReplicaRecord replica = store.read().replicas().getFirst();
        Lease lease = lease();
        // As a process leaves it that was killed after an instance had ended and before it knew that.
        var intent = new Intent(
                "terminate-i-before",
                lease.epoch(),
                Intent.Operation.TERMINATE,
                replica.service(),
                replica.machine().key(),
                replica.token(),
                replica.version(),
                replica.offer(),
                Optional.of("i-before"),
                clock.instant());
        assertThat(store.commit(lease, List.of(new Change.OpenIntent(intent))))
                .isInstanceOf(CommitResult.Committed.class);

        Ending ending = run(Declared.all(CHAT), new Settle());

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(store.read().openIntents()).isEmpty();
    }

    private Plan savedPlan(Spec spec) {
        var everything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        var reconciler = new Reconciler(spec, store.read(), List.of(), Map.of(), 0);
        if (cloud.offers(everything) instanceof Outcome.Done<OfferList>(OfferList offers)) {
            reconciler.carryOut(List.of(), List.of(new Message.OffersRead("sim", offers)), clock.instant());
        }
        return Planner.plan(Kinds.of(spec), reconciler.world(clock.instant()), PlanOptions.DEFAULT);
    }

    @Test
    void leavesNoCallUnansweredWhenItIsStopped() throws Exception {
        var slow = new SlowProvider(new SimulatedProvider(cloud));
        Controller controller = controller(Declared.all(CHAT), new Watch(), slow);
        CompletableFuture<Ending> ending = start(controller);
        assertThat(slow.launching.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

        controller.stop();
        slow.mayAnswer.countDown();

        assertThat(await(ending)).isEqualTo(new Ending.Stopped());
        assertThat(store.read().openIntents()).isEmpty();
        assertThat(store.read().replicas())
                .hasSize(1)
                .allMatch(replica -> replica.instanceId().isPresent());
    }

    @Test
    void keepsToTheProvidersLimitOfCallsInFlight() throws Exception {
        var most = new AtomicInteger();
        var counted = new PairingProvider(new SimulatedProvider(cloud), most);

        Ending ending = await(start(controller(Declared.all(CHAT.wants(8)), new Settle(), counted)));

        assertThat(ending).isEqualTo(new Ending.Reached());
        assertThat(most).hasValue(2);
    }

    @Test
    void acknowledgesWhatItWasToldOnceThatIsSaved() throws Exception {
        Message notice = preemptionOfTheOnlyReplica();
        Controller controller = controller(Declared.all(CHAT), new Watch(), new SimulatedProvider(cloud));
        CompletableFuture<Ending> ending = start(controller);

        assertThat(isSaved(controller.deliver(notice))).isTrue();

        assertThat(store.events("", 1_000)).extracting(Event::kind).contains("preemption_notice");
        controller.stop();
        await(ending);
    }

    @Test
    void acknowledgesNothingThatItEndsWithout() throws Exception {
        Message notice = preemptionOfTheOnlyReplica();
        Controller controller = controller(Declared.all(CHAT), new Watch(), new SimulatedProvider(cloud));
        controller.stop();
        CompletionStage<Boolean> before = controller.deliver(notice);

        await(start(controller));

        assertThat(isSaved(before)).isFalse();
        assertThat(isSaved(controller.deliver(notice))).isFalse();
        assertThat(store.events("", 1_000)).extracting(Event::kind).doesNotContain("preemption_notice");
    }

    private Message preemptionOfTheOnlyReplica() throws Exception {
        run(Declared.all(CHAT), new Settle());
        ReplicaRecord replica = store.read().replicas().getFirst();
        return new Message.Noticed(new InstanceNotice(
                replica.token(),
                InstanceNotice.Kind.PREEMPTION,
                Optional.of(clock.instant().plus(Duration.ofMinutes(2))),
                "sim",
                clock.instant()));
    }

    private static boolean isSaved(CompletionStage<Boolean> receipt) throws Exception {
        return receipt.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /// A provider whose launches are answered when a test says so.
    private static final class SlowProvider extends ForwardingProvider {
        private final CountDownLatch launching = new CountDownLatch(1);
        private final CountDownLatch mayAnswer = new CountDownLatch(1);

        SlowProvider(Provider provider) {
            super(provider);
        }

        @Override
        public Outcome<Instance> launch(LaunchRequest request) {
            Outcome<Instance> outcome = super.launch(request);
            launching.countDown();
            try {
                if (!mayAnswer.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Nobody let the launch be answered");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return outcome;
        }

        /// Tells nothing, so that only the answer can tell of a launch.
        @Override
        public Subscription events(String lineage, ProviderListener listener) {
            return () -> {};
        }
    }

    /// A provider that takes two calls at a time and begins no launch before there are two.
    private static final class PairingProvider extends ForwardingProvider {
        private final CyclicBarrier pair = new CyclicBarrier(2);
        private final AtomicInteger inFlight = new AtomicInteger();
        private final AtomicInteger most;

        PairingProvider(Provider provider, AtomicInteger most) {
            super(provider);
            this.most = most;
        }

        @Override
        public ProviderLimits limits() {
            return new ProviderLimits(2, Duration.ofSeconds(LIMIT_SECONDS), Duration.ZERO);
        }

        @Override
        public Outcome<Instance> launch(LaunchRequest request) {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            try {
                pair.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                return super.launch(request);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("No second launch", e);
            } finally {
                inFlight.decrementAndGet();
            }
        }
    }

    private static class SilentListener implements ControllerListener {
        @Override
        public void stepped(Step step) {}

        @Override
        public void routed(Routes routes) {}

        @Override
        public void providerFailed(String provider, Failure failure) {}
    }
}
