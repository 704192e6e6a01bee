package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Settle;
import dev.skyhedge.engine.reconcile.Watch;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.testing.ForwardingProvider;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The calls of a controller to a provider that takes its time.
class CallsInFlightTest extends ControllerFixture {
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
}
