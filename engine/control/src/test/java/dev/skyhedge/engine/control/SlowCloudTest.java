package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Goal;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Reconciler;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.reconcile.Watch;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.testing.ForwardingProvider;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The start of a controller beside a cloud that takes its time, which is much longer than a test has.
class SlowCloudTest {
    private static final long LIMIT_SECONDS = 30;
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final InstantSource clock = InstantSource.system();
    private final Cloud cloud = SimulatedClouds.cloud(
            CloudRules.calm(),
            new CalmMarket(SimulatedClouds.series(), 1_000),
            clock.instant(),
            VirtualMachines.withEndpoints((_, _) -> new Endpoint("127.0.0.1", 9)));
    private final InMemoryState store = new InMemoryState("lineage", clock);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final CountDownLatch seenToBeGone = new CountDownLatch(1);
    private final CountDownLatch launched = new CountDownLatch(1);
    private final Provider slow = new ForwardingProvider(new SimulatedProvider(cloud)) {
        @Override
        public ProviderLimits limits() {
            return new ProviderLimits(1, FOR_EVER, Duration.ZERO);
        }

        @Override
        public Outcome<Observation> observe(String lineage) {
            await(answer);
            return Outcome.done(new Observation(List.of(), List.of(), clock.instant()));
        }

        @Override
        public Outcome<OfferList> offers(OfferQuery query) {
            await(answer);
            return Outcome.done(new OfferList(List.of(), clock.instant(), List.of()));
        }

        @Override
        public Outcome<List<AccountQuota>> quotas() {
            await(answer);
            return Outcome.done(List.of());
        }
    };

    @AfterEach
    void letGo() {
        answer.countDown();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Lease lease() {
        return switch (store.acquire(new LeaseClaim("me", "host", 1, 0, "test"))) {
            case LeaseResult.Granted(Lease granted) -> granted;
            case LeaseResult.HeldBy _, LeaseResult.Unavailable _ -> throw new IllegalStateException("No lease");
        };
    }

    /// As a controller before has left it: one replica serves in each cloud, and that of the quick one is gone.
    private Lease recorded() {
        Lease lease = lease();
        Instant before = clock.instant().minus(Duration.ofMinutes(10));
        assertThat(store.commit(lease, List.of(serving("sim", 1, before), serving("slow", 2, before))))
                .isInstanceOf(CommitResult.Committed.class);
        return lease;
    }

    private static Change serving(String cloud, int ordinal, Instant since) {
        var offer = new Offer(
                "small",
                Accelerator.parse("CPU:1"),
                new Location(cloud, "east", "east-a"),
                Market.SPOT,
                HourlyPrice.ofUsd("0.20"));
        var token = new IdempotencyToken("token" + ordinal);
        return new Change.PutReplica(ReplicaRecord.decided(
                        new ReplicaKey("chat", "chat-" + ordinal, 1),
                        "v1",
                        offer,
                        token,
                        new Machine.Rental(since, "", ""),
                        0)
                .onInstance("i-" + ordinal, Optional.empty())
                .in(Lifecycle.READY, since, ""));
    }

    private Controller controller(Goal goal) {
        return new Controller(
                new ControllerSettings(
                        Declared.all(Declared.service("chat").wants(2).in("sim", "slow")),
                        goal,
                        PlanOptions.DEFAULT,
                        store,
                        recorded(),
                        new TreeMap<>(Map.of("sim", new SimulatedProvider(cloud), "slow", slow)),
                        Map.of(),
                        clock),
                new ControllerListener() {
                    @Override
                    public void stepped(Step step) {
                        step.transitions().forEach(transition -> note(transition.after()));
                    }

                    @Override
                    public void routed(Routes routes) {}

                    @Override
                    public void providerFailed(String provider, Failure failure) {}
                });
    }

    private static CompletableFuture<Ending> start(Controller controller) {
        var ending = new CompletableFuture<Ending>();
        Thread.ofVirtual().start(() -> ending.complete(controller.run()));
        return ending;
    }

    private static boolean isHeard(Controller controller) throws Exception {
        return controller.deliver(new Message.Tick()).toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void note(ReplicaRecord replica) {
        switch (replica.lifecycle()) {
            case PREEMPTED, GONE, FAILED -> seenToBeGone.countDown();
            case REQUESTED -> launched.countDown();
            case PROVISIONING, STARTING, READY, DRAINING, STOPPING, FORGOTTEN -> {}
        }
    }

    @Test
    void whatAnotherCloudSaysIsTakenInAtOnceAndNothingIsPlannedOnHalfOfTheWorld() throws Exception {
        Controller controller = controller(new Watch());
        CompletableFuture<Ending> ending = start(controller);

        assertThat(await(seenToBeGone)).as("the loss is written down").isTrue();
        assertThat(isHeard(controller)).isTrue();
        List<ReplicaRecord> known = store.read().replicas();
        long unplanned = launched.getCount();
        answer.countDown();
        assertThat(await(launched)).as("its answer wakes").isTrue();
        controller.stop();
        ending.get(LIMIT_SECONDS, TimeUnit.SECONDS);

        assertThat(known)
                .extracting(replica -> replica.offer().location().cloud() + " " + replica.lifecycle())
                .containsExactlyInAnyOrder("sim PREEMPTED", "slow READY");
        assertThat(unplanned).isEqualTo(1);
    }

    @Test
    void nothingIsReachedBeforeItHasAnswered() throws Exception {
        Controller controller = controller(new Instantly());
        CompletableFuture<Ending> ending = start(controller);

        assertThat(await(seenToBeGone)).isTrue();
        // The first of them may end it, and is saved all the same.
        boolean first = isHeard(controller);
        boolean second = isHeard(controller);
        answer.countDown();

        assertThat(first).isTrue();
        assertThat(second).isTrue();
        assertThat(ending.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(new Ending.Reached());
    }

    /// Wants nothing.
    private static final class Instantly implements Goal {
        @Override
        public Step step(Reconciler reconciler, List<Message> messages, Instant now) {
            return reconciler.refresh(messages, now);
        }

        @Override
        public Optional<Ending> reached(Spec spec, Step step, World world) {
            return Optional.of(new Ending.Reached());
        }
    }
}
