package dev.skyhedge.engine.control;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Goal;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.testing.AnsweringReplicas;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A controller on the real clock, with real probes and a cloud that boots in milliseconds.
abstract class ControllerFixture {
    static final long LIMIT_SECONDS = 30;
    static final Declared CHAT = Declared.service("chat");

    final InstantSource clock = InstantSource.system();
    final InMemoryState store = new InMemoryState("lineage", clock);
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private AnsweringReplicas replicas;
    Cloud cloud;

    @BeforeEach
    void open() throws IOException {
        replicas = new AnsweringReplicas();
        cloud = SimulatedClouds.cloud(
                CloudRules.calm().withBoot(Duration.ofMillis(20), Duration.ofMillis(20)),
                new CalmMarket(SimulatedClouds.series(), 1_000),
                clock.instant(),
                VirtualMachines.withEndpoints((_, _) -> replicas.endpoint()));
        var unused = time.scheduleAtFixedRate(() -> cloud.advanceTo(clock.instant()), 0, 5, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void close() {
        time.shutdownNow();
        replicas.close();
    }

    Controller controller(Spec spec, Goal goal, Provider provider) {
        return controller(spec, goal, provider, new SilentListener());
    }

    Controller controller(Spec spec, Goal goal, Provider provider, ControllerListener listener) {
        return new Controller(settings(spec, goal, provider), listener);
    }

    ControllerSettings settings(Spec spec, Goal goal, Provider provider) {
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

    Lease lease() {
        return switch (store.acquire(new LeaseClaim("me", "host", 1, 0, "test"))) {
            case LeaseResult.Granted(Lease granted) -> granted;
            case LeaseResult.HeldBy held -> throw new IllegalStateException("Held: " + held);
            case LeaseResult.Unavailable unavailable -> throw new IllegalStateException("Unavailable: " + unavailable);
        };
    }

    static CompletableFuture<Ending> start(Controller controller) {
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

    static Ending await(CompletableFuture<Ending> ending)
            throws InterruptedException, ExecutionException, TimeoutException {
        return ending.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    Ending run(Spec spec, Goal goal) throws InterruptedException, ExecutionException, TimeoutException {
        return await(start(controller(spec, goal, new SimulatedProvider(cloud))));
    }

    /// Hears nothing.
    static class SilentListener implements ControllerListener {
        @Override
        public void stepped(Step step) {}

        @Override
        public void routed(Routes routes) {}

        @Override
        public void providerFailed(String provider, Failure failure) {}
    }
}
