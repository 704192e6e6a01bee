package dev.skyhedge.providers.cloud.contract;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.fake.FakeClock;
import dev.skyhedge.providers.cloud.fake.FakeService;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.cloud.fake.Ledger;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.spi.conformance.ProviderHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A plugin and its fake cloud in virtual time: whoever waits in the plugin makes time pass.
///
/// @param <C> the connections of a client
public abstract class CloudHarness<C> implements ProviderHarness {
    public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /// From one look for events to the next, in real time.
    protected static final Duration POLL = Duration.ofMillis(10);

    private static final long PAUSE_NANOS = 2_000_000;

    private final FakeClock clock = new FakeClock(START);
    private final List<Provider> opened = new ArrayList<>();
    private Path directory = Path.of("target", "harness");
    private @Nullable C shared;

    public abstract FakeService fake();

    public abstract Ledger ledger();

    public abstract CallNames calls();

    /// New connections to the fake.
    protected abstract C connect();

    protected abstract void disconnect(C connections);

    /// A client that remembers nothing.
    ///
    /// @param directory where it keeps its files
    protected abstract Provider client(C connections, Path directory);

    /// Clients that are made from now on keep their files here.
    public final void keepIn(Path place) {
        directory = place;
    }

    /// A client that remembers nothing and shares its connections with all others that come of this, such as one
    /// after a crash.
    public final Provider afterCrash() {
        C connections = shared == null ? connect() : shared;
        shared = connections;
        return client(connections, directory);
    }

    /// Ends an instance at once and without a trace.
    public abstract void vanish(String instanceId);

    /// The machine shuts itself down and stays, with its disk, until it is deleted.
    public abstract void shutDown(String instanceId);

    /// A refusal for want of permission.
    public abstract Fault denied();

    /// A refusal of one call too many.
    public abstract Fault throttled(Duration retryAfter);

    /// An operation that fails because there is no room.
    public abstract Fault.OperationFails noRoom();

    public final FakeClock clock() {
        return clock;
    }

    /// Waits by making time pass. Those who wait side by side wait together.
    protected final Pause pause() {
        return time -> {
            Instant until = clock.instant().plus(time);
            Thread.yield();
            clock.reach(until);
        };
    }

    @Override
    public final Provider provider() {
        Provider provider = client(connect(), directory);
        opened.add(provider);
        return provider;
    }

    @Override
    public final Provider secondClient() {
        return provider();
    }

    public static Offer offer(String type, String accelerator, Location location, Market market, String price) {
        return new Offer(type, Accelerator.parse(accelerator), location, market, HourlyPrice.ofUsd(price));
    }

    @Override
    public final Workload workload() {
        return new Workload(Optional.of("vllm/vllm-openai:v0.10.2"), List.of("serve"), 8000, new LinkedHashMap<>());
    }

    public final LaunchRequest request(Offer offer, String lineage, int number) {
        return request(offer, lineage, number, "t" + lineage.replace("-", "") + "n" + number);
    }

    public final LaunchRequest request(Offer offer, String lineage, int number, String token) {
        InstanceTags tags = new InstanceTags(lineage, "chat", "chat-" + number, 1, new IdempotencyToken(token));
        return new LaunchRequest(offer, tags, workload());
    }

    @Override
    public void letTimePass() {
        clock.advance(Duration.ofSeconds(1));
        // The poll for events is in real time: virtual time must not run away from it.
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @Override
    public final void letBeSeen(BooleanSupplier seen) {
        long deadline = System.nanoTime() + patience().toNanos();
        while (!seen.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public final Duration patience() {
        return Duration.ofSeconds(5);
    }

    @Override
    public final void disturbEvents() {
        fake().fault(calls().list(), denied());
    }

    @Override
    public final void close() {
        if (shared != null) {
            disconnect(shared);
        }
        opened.forEach(Provider::close);
        fake().close();
    }
}
