package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.azure.fake.AzureFake;
import dev.skyhedge.providers.azure.fake.FakeGeography;
import dev.skyhedge.providers.azure.fake.FakeRules;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.fake.FakeClock;
import dev.skyhedge.providers.cloud.fake.Fault;
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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// The plugin and a fake cloud in virtual time: whoever waits in the plugin makes time pass.
class AzureHarness implements ProviderHarness {
    static final Location ZONE = new Location("azure", "eastus", "1");
    static final Location OTHER_ZONE = new Location("azure", "westeurope", "2");
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static final Duration POLL = Duration.ofMillis(10);

    private static final long PAUSE_NANOS = 2_000_000;

    private final FakeClock clock = new FakeClock(START);
    private final AzureFake fake;
    private Path directory = Path.of("target", "azure-harness");
    private final List<Provider> opened = new ArrayList<>();

    AzureHarness() {
        this(FakeGeography.small(), FakeRules.calm());
    }

    AzureHarness(FakeGeography geography, FakeRules rules) {
        fake = new AzureFake(geography, rules, clock);
    }

    AzureFake fake() {
        return fake;
    }

    /// Providers that are opened from now on keep their files here.
    void keepIn(Path place) {
        directory = place;
    }

    FakeClock clock() {
        return clock;
    }

    @Override
    public Provider provider() {
        Provider provider =
                provider(new AzureClients(Optional.of(URI.create(fake.endpoint())), AzureFake.SUBSCRIPTION));
        opened.add(provider);
        return provider;
    }

    /// A client that remembers nothing, such as one after a crash; closing it closes the connections that it
    /// shares.
    Provider provider(AzureClients clients) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("subscription", AzureFake.SUBSCRIPTION);
        values.put("ssh_key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample");
        values.put("endpoint", fake.endpoint());
        Pause pause = time -> {
            Instant until = clock.instant().plus(time);
            Thread.yield();
            clock.reach(until);
        };
        return new AzureProvider(
                AzureSettings.read(values, Map.of()),
                new AzureProviderFactory().shippedPrices(),
                directory,
                clients,
                clock,
                pause,
                new Random(7),
                POLL);
    }

    @Override
    public Provider secondClient() {
        return provider();
    }

    static Offer offer(String type, String accelerator, Location location, Market market, String price) {
        return new Offer(type, Accelerator.parse(accelerator), location, market, HourlyPrice.ofUsd(price));
    }

    @Override
    public Offer onDemandOffer() {
        return offer("Standard_NC4as_T4_v3", "T4:1", ZONE, Market.ON_DEMAND, "0.526");
    }

    @Override
    public Offer spotOffer() {
        return offer("Standard_NC4as_T4_v3", "T4:1", ZONE, Market.SPOT, "0.2104");
    }

    @Override
    public Workload workload() {
        return new Workload(Optional.of("vllm/vllm-openai:v0.10.2"), List.of("serve"), 8000, new LinkedHashMap<>());
    }

    LaunchRequest request(Offer offer, String lineage, int number) {
        IdempotencyToken token = new IdempotencyToken("t" + lineage.replace("-", "") + "n" + number);
        return new LaunchRequest(offer, new InstanceTags(lineage, "chat", "chat-" + number, 1, token), workload());
    }

    @Override
    public void letTimePass() {
        clock.advance(Duration.ofSeconds(1));
        // The poll for events is in real time: virtual time must not run away from it.
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void preempt(String instanceId) {
        fake.cloud().evict(instanceId);
    }

    @Override
    public void cutOff(Location location) {
        fake.cloud().cutOff(location.region(), location.zone());
    }

    @Override
    public void reconnect(Location location) {
        fake.cloud().reconnect(location.region(), location.zone());
    }

    @Override
    public void disturbEvents() {
        fake.fault("VirtualMachines.List", new Fault.Refused(403, "AuthorizationFailed", "Forbidden for a moment"));
    }

    @Override
    public boolean keepsLogs() {
        return false;
    }

    @Override
    public void close() {
        opened.forEach(Provider::close);
        fake.close();
    }
}
