package dev.skyhedge.spi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A fresh cloud for each test, and the words that tests of the suite are written in.
abstract class ConformanceCase {
    /// On a machine that has no time for us, patience alone would end before anything could happen.
    private static final int LEAST_ROUNDS = 30;

    private static final AtomicInteger LINEAGES = new AtomicInteger();

    /// One for each test, so that they may share a cloud.
    final String lineage = "lineage-" + LINEAGES.incrementAndGet();

    ProviderHarness harness;
    Provider provider;
    private int launches;

    /// Makes a fresh cloud.
    protected abstract ProviderHarness open() throws Exception;

    @BeforeEach
    void openHarness() throws Exception {
        harness = open();
        provider = harness.provider();
    }

    @AfterEach
    void closeHarness() {
        harness.close();
    }

    LaunchRequest request(Offer offer) {
        return request(lineage, offer);
    }

    LaunchRequest request(String owner, Offer offer) {
        launches++;
        IdempotencyToken token = new IdempotencyToken("t" + launches + owner.replace("-", ""));
        InstanceTags tags = new InstanceTags(owner, "chat", "chat-" + launches, 1, token);
        return new LaunchRequest(offer, tags, harness.workload());
    }

    Instance launchAndRun() {
        return awaitRunning(
                done(provider.launch(request(harness.onDemandOffer()))).id());
    }

    List<Instance> observed() {
        return done(provider.observe(lineage)).instances();
    }

    Optional<Instance> seen(String id) {
        return observed().stream().filter(instance -> instance.id().equals(id)).findFirst();
    }

    Instance awaitRunning(String id) {
        await("instance " + id + " running", () -> {
            Optional<Instance> seen = seen(id);
            assertThat(seen.flatMap(Instance::end)).as("end of %s", id).isEmpty();
            return seen.filter(one -> one.state() == InstanceState.RUNNING).isPresent();
        });
        return seen(id).orElseThrow();
    }

    Instance.End awaitEnd(String id) {
        await("end of " + id, () -> seen(id).filter(one -> !one.isLive()).isPresent());
        return seen(id).flatMap(Instance::end).orElseThrow();
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + harness.patience().toNanos();
        for (int rounds = 0; !condition.getAsBoolean(); rounds++) {
            if (System.nanoTime() > deadline && rounds >= LEAST_ROUNDS) {
                fail("Waited %s for %s", harness.patience(), what);
            }
            harness.letTimePass();
        }
    }

    static <T> T done(Outcome<T> outcome) {
        Supplier<T> value = switch (outcome) {
            case Outcome.Done<T>(T v) -> () -> v;
            case Outcome.Failed<T>(Failure failure) -> () -> fail("Failed with " + failure);
        };
        return value.get();
    }

    static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(Object value) -> fail("Succeeded with " + value);
            case Outcome.Failed<?>(Failure failure) -> failure;
        };
    }
}
