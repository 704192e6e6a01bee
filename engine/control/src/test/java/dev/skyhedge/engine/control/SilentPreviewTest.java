package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.testing.ForwardingProvider;
import dev.skyhedge.state.records.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A look at a cloud that does not say what is there.
class SilentPreviewTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch end = new CountDownLatch(1);
    private final Provider silent = new ForwardingProvider(new SimulatedProvider(SimulatedClouds.calm())) {
        @Override
        public ProviderLimits limits() {
            return new ProviderLimits(1, Duration.ofSeconds(3), Duration.ZERO);
        }

        @Override
        public Outcome<Observation> observe(String lineage) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.observe(lineage);
        }
    };

    @AfterEach
    void answer() {
        end.countDown();
    }

    @Test
    void endsWithoutItsAnswerAndSaysForHowLongItWasWaitedFor() {
        var preview = CompletableFuture.supplyAsync(() -> Preview.of(
                Declared.all(Declared.service("chat")),
                Snapshot.of("lineage", 0, List.of(), List.of()),
                List.of(),
                new TreeMap<>(Map.of("sim", silent)),
                PlanOptions.DEFAULT,
                Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(preview).succeedsWithin(PATIENCE);
        assertThat(preview.join().silent())
                .hasEntrySatisfying(
                        "sim", failure -> assertThat(failure.message()).isEqualTo("sim did not answer within 3s"));
        assertThat(preview.join().world().offers()).isNotEmpty();
    }
}
