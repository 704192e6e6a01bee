package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.fail;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.Workload;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A cloud in a box in a directory of a test, and requests to it.
final class Box {
    static final String LINEAGE = "lineage-a";
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private Box() {}

    static SequencedMap<String, Object> settings() {
        SequencedMap<String, Object> settings = new LinkedHashMap<>();
        settings.put("boot_delay", "0s");
        return settings;
    }

    static Outcome<Provider> tryOpen(Path directory, SequencedMap<String, Object> settings) {
        return new LocalProviderFactory().open(new ProviderSettings(settings, directory, Clock.systemUTC()));
    }

    static Provider open(Path directory) {
        return done(tryOpen(directory, settings()));
    }

    static Offer offer(Market market) {
        Location location = new Location("local", "east", "east-a");
        HourlyPrice price = HourlyPrice.ofUsd(market == Market.SPOT ? "0.05" : "0.10");
        return new Offer("small", Accelerator.parse("CPU:1"), location, market, price);
    }

    static LaunchRequest request(String replica, String... command) {
        return request(replica, new LinkedHashMap<>(), command);
    }

    static LaunchRequest request(String replica, SequencedMap<String, String> environment, String... command) {
        IdempotencyToken token = new IdempotencyToken("t" + replica.replace("-", ""));
        return new LaunchRequest(
                offer(Market.ON_DEMAND),
                new InstanceTags(LINEAGE, "chat", replica, 1, token),
                new Workload(Optional.empty(), List.of(command), 8000, environment));
    }

    static Instance seen(Provider provider, String id) {
        return done(provider.observe(LINEAGE)).instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static Instance awaitState(Provider provider, String id, InstanceState state) {
        await(id + " " + state, () -> seen(provider, id).state() == state);
        return seen(provider, id);
    }

    static String awaitLog(Provider provider, Instance instance, String text) {
        await("log with " + text, () -> log(provider, instance).contains(text));
        return log(provider, instance);
    }

    private static String log(Provider provider, Instance instance) {
        return done(provider.logs(instance.id(), instance.offer().location(), 0, 1 << 16))
                .text();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited %s for %s", PATIENCE, what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T> failed -> throw new AssertionError("Failed: " + failed);
        };
    }
}
