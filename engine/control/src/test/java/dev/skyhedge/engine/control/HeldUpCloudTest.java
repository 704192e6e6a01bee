package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.Subscription;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A cloud whose answers never come.
class HeldUpCloudTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ProviderCalls calls =
            new ProviderCalls("slow", heldUp(), "lineage", Optional.empty(), executor, _ -> {}, () -> true);

    @AfterEach
    void stop() {
        end.countDown();
        executor.shutdownNow();
    }

    private Provider heldUp() {
        return (Provider) Proxy.newProxyInstance(
                Provider.class.getClassLoader(), new Class<?>[] {Provider.class}, (_, method, _) -> {
                    switch (method.getName()) {
                        case "limits" -> {
                            return new ProviderLimits(1, Duration.ofMillis(50), Duration.ofSeconds(1));
                        }
                        case "events" -> {
                            return (Subscription) () -> {};
                        }
                        default -> {
                            end.await();
                            throw new IllegalStateException("ended");
                        }
                    }
                });
    }

    @Test
    void whatItDoesNotSayInTimeIsAFailure() {
        var observed = new CompletableFuture<Failure>();
        var offered = new CompletableFuture<Outcome<?>>();
        var quotas = new CompletableFuture<List<?>>();

        calls.observe(observed::complete);
        calls.readOffers(new OfferQuery(List.of(), List.of()), offered::complete);
        calls.readQuotas(quotas::complete);

        assertThat(observed).succeedsWithin(PATIENCE).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(offered).succeedsWithin(PATIENCE).isInstanceOf(Outcome.Failed.class);
        assertThat(quotas).succeedsWithin(PATIENCE).isEqualTo(List.of());
    }
}
