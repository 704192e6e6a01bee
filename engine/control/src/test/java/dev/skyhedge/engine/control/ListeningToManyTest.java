package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.reconcile.Effect;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.testing.ForwardingProvider;
import dev.skyhedge.state.records.ReplicaKey;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The logs of more tasks than a cloud is asked about at a time.
class ListeningToManyTest {
    private static final int TASKS = 40;
    private static final long LIMIT_SECONDS = 15;
    private static final Location EAST = new Location("sim", "east", "east-a");

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final LinkedBlockingQueue<Message> posted = new LinkedBlockingQueue<>();

    /// Its logs are read when the test says so.
    private final class SlowLogs extends ForwardingProvider {
        SlowLogs() {
            super(new SimulatedProvider(SimulatedClouds.calm()));
        }

        @Override
        public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                assertThat(mayAnswer.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            atOnce.decrementAndGet();
            return Outcome.done(new LogPage("", offset, false));
        }
    }

    private Message next() throws InterruptedException {
        return Optional.ofNullable(posted.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).orElseThrow();
    }

    @Test
    void allAreHeardAndTheCloudIsObservedMeanwhile() throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                var calls = new ProviderCalls(
                        "sim", new SlowLogs(), "lineage", Optional.empty(), executor, posted::add, () -> true)) {
            for (int i = 1; i <= TASKS; i++) {
                calls.listen(new Effect.Listen(new ReplicaKey("fit", "fit-" + i, 1), "i-" + i, EAST, 0));
            }
            calls.observe(failure -> {});

            assertThat(next()).isInstanceOf(Message.Observed.class);
            mayAnswer.countDown();
            for (int i = 1; i <= TASKS; i++) {
                assertThat(next())
                        .isInstanceOfSatisfying(
                                Message.Heard.class,
                                heard -> assertThat(heard.page()).isPresent());
            }
            assertThat(most.get()).isLessThan(TASKS);
        }
    }
}
